using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

internal sealed partial class Initial
{
    private static void AddFleet(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Areas",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ParentId = columns.Column<long>(nullable: true),
                Code = columns.Column<string>(),
                Name = columns.Column<string>(),
                Level = columns.Column<string>(),
                ValidFrom = columns.Column<DateOnly>(),
                ValidTo = columns.Column<DateOnly>(nullable: true),
                QuietHours = columns.Column<string>(nullable: true),
                MinutesPerDay = columns.Column<int>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Areas", row => row.Id);
                table.ForeignKey("FK_Areas_Areas_ParentId", row => row.ParentId, "Areas", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "Receipts",
            columns => new
            {
                NodeId = columns.Column<string>(),
                Number = columns.Column<long>(),
                BroadcastId = columns.Column<long>(),
                Step = columns.Column<byte>(),
                Reason = columns.Column<byte>(),
                Instant = columns.Column<long>(),
                Samples = columns.Column<long>(),
                StoredAt = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Receipts", row => new { row.NodeId, row.Number });
            });

        migrationBuilder.CreateTable(
            "Runs",
            columns => new
            {
                Id = columns.Column<long>(),
                StartedAt = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Runs", row => row.Id);
            });

        migrationBuilder.CreateTable(
            "Nodes",
            columns => new
            {
                Id = columns.Column<string>(),
                Name = columns.Column<string>(),
                AreaId = columns.Column<long>(),
                ProtectedSecret = columns.Column<byte[]>(),
                KeyId = columns.Column<byte>(),
                Volume = columns.Column<int>(),
                LowData = columns.Column<bool>(),
                PlanNumber = columns.Column<long>(),
                CreatedAt = columns.Column<long>(),
                RevokedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Nodes", row => row.Id);
                table.ForeignKey("FK_Nodes_Areas_AreaId", row => row.AreaId, "Areas", "Id", onDelete: ReferentialAction.Restrict);
            });

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
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_NodeStatuses", row => row.NodeId);
                table.ForeignKey("FK_NodeStatuses_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_Areas_Code_ValidFrom", "Areas", ["Code", "ValidFrom"], unique: true);
        migrationBuilder.CreateIndex("IX_Areas_ParentId", "Areas", "ParentId");
        migrationBuilder.CreateIndex("IX_Nodes_AreaId", "Nodes", "AreaId");
        migrationBuilder.CreateIndex("IX_Receipts_BroadcastId", "Receipts", "BroadcastId");
    }
}
