using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Counts of what was refused.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261122000000_Refusals")]
internal sealed class Refusals : Migration
{
    // No reference to Nodes: what strangers are refused is counted too.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Refusals",
        columns => new
        {
            NodeId = columns.Column<string>(),
            By = columns.Column<byte>(),
            Reason = columns.Column<byte>(),
            Count = columns.Column<long>(),
            Last = columns.Column<long>(),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_Refusals", row => new { row.NodeId, row.By, row.Reason });
        });
}
