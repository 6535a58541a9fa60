using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Data sent to nodes, by month, and how much of it there may be.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261122030000_DataUses")]
internal sealed class DataUses : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "DataBudgets",
            columns => new
            {
                NodeId = columns.Column<string>(),
                Bytes = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DataBudgets", row => row.NodeId);
                table.ForeignKey("FK_DataBudgets_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "DataUses",
            columns => new
            {
                NodeId = columns.Column<string>(),
                Month = columns.Column<int>(),
                Bytes = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DataUses", row => new { row.NodeId, row.Month });
                table.ForeignKey("FK_DataUses_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });
    }
}
