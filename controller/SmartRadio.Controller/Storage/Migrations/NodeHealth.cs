using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>What nodes say of their line and their updates. SQLite cannot add a column without a default, so the table is made anew.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261122020000_NodeHealth")]
internal sealed class NodeHealth : Migration
{
    private const string Kept =
        "NodeId, Online, LastSeen, Firmware, Hardware, Codecs, PlanNumber, UpCounter, OnAir, Volume, Signal, StorageSize, StorageFree, ClockOffset, Temperature, Supply, Uptime, Refused";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TEMP TABLE EarlierStatuses AS SELECT * FROM NodeStatuses");
        migrationBuilder.DropTable("NodeStatuses");
        migrationBuilder.CreateTable(
            "NodeStatuses",
            columns => new
            {
                NodeId = columns.Column<string>(),
                Online = columns.Column<bool>(),
                LastSeen = columns.Column<long>(nullable: true),
                Firmware = columns.Column<string>(),
                Hardware = columns.Column<string>(),
                Codecs = columns.Column<int>(),
                PlanNumber = columns.Column<long>(),
                UpCounter = columns.Column<long>(),
                OnAir = columns.Column<long>(nullable: true),
                Volume = columns.Column<int>(),
                Signal = columns.Column<int>(),
                StorageSize = columns.Column<long>(),
                StorageFree = columns.Column<long>(),
                ClockOffset = columns.Column<long>(),
                Temperature = columns.Column<double>(),
                Supply = columns.Column<int>(),
                Uptime = columns.Column<long>(),
                Refused = columns.Column<long>(),
                Line = columns.Column<byte>(),
                LineLevel = columns.Column<int>(),
                Update = columns.Column<byte>(),
                UpdateVersion = columns.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_NodeStatuses", row => row.NodeId);
                table.ForeignKey("FK_NodeStatuses_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.Sql(
            $"INSERT INTO NodeStatuses ({Kept}, Line, LineLevel, \"Update\", UpdateVersion) SELECT {Kept}, 0, 0, 0, '' FROM EarlierStatuses");
        migrationBuilder.Sql("DROP TABLE EarlierStatuses");
    }
}
