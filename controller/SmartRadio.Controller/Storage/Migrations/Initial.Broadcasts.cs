using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

internal sealed partial class Initial
{
    private static void AddBroadcasts(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Bulletins",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Title = columns.Column<string>(),
                Origin = columns.Column<int>(),
                Text = columns.Column<string>(nullable: true),
                Voice = columns.Column<string>(nullable: true),
                Length = columns.Column<long>(),
                Loudness = columns.Column<double>(),
                SourceLoudness = columns.Column<double>(),
                Peaks = columns.Column<byte[]>(),
                Hash = columns.Column<string>(),
                CreatedById = columns.Column<string>(),
                CreatedAt = columns.Column<long>(),
                ApprovedById = columns.Column<string>(nullable: true),
                ApprovedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Bulletins", row => row.Id);
            });

        migrationBuilder.CreateTable(
            "Objects",
            columns => new
            {
                BulletinId = columns.Column<long>(),
                Codec = columns.Column<byte>(),
                Id = columns.Column<string>(nullable: true),
                Bytes = columns.Column<long>(),
                Samples = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Objects", row => new { row.BulletinId, row.Codec });
                table.ForeignKey("FK_Objects_Bulletins_BulletinId", row => row.BulletinId, "Bulletins", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "Schedules",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                BulletinId = columns.Column<long>(),
                Class = columns.Column<byte>(),
                Audience = columns.Column<string>(),
                From = columns.Column<DateOnly>(),
                Until = columns.Column<DateOnly>(nullable: true),
                At = columns.Column<TimeOnly>(),
                Recurrence = columns.Column<int>(),
                Weekdays = columns.Column<int>(),
                Repeats = columns.Column<int>(),
                Gap = columns.Column<long>(),
                Tolerance = columns.Column<long>(),
                PlannedThrough = columns.Column<long>(),
                CreatedById = columns.Column<string>(),
                CreatedAt = columns.Column<long>(),
                CancelledAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Schedules", row => row.Id);
                table.ForeignKey("FK_Schedules_Bulletins_BulletinId", row => row.BulletinId, "Bulletins", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "Broadcasts",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                BulletinId = columns.Column<long>(),
                Class = columns.Column<byte>(),
                Start = columns.Column<long>(),
                LatestStart = columns.Column<long>(),
                Length = columns.Column<long>(),
                State = columns.Column<int>(),
                ScheduleId = columns.Column<long>(nullable: true),
                Audience = columns.Column<string>(),
                CreatedById = columns.Column<string>(nullable: true),
                CreatedAt = columns.Column<long>(),
                StoppedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Broadcasts", row => row.Id);
                table.ForeignKey("FK_Broadcasts_Bulletins_BulletinId", row => row.BulletinId, "Bulletins", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Broadcasts_Schedules_ScheduleId", row => row.ScheduleId, "Schedules", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "Targets",
            columns => new
            {
                BroadcastId = columns.Column<long>(),
                NodeId = columns.Column<string>(),
                AreaId = columns.Column<long>(),
                ObjectId = columns.Column<string>(nullable: true),
                State = columns.Column<int>(),
                Reason = columns.Column<byte>(),
                StartedAt = columns.Column<long>(nullable: true),
                EndedAt = columns.Column<long>(nullable: true),
                Samples = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Targets", row => new { row.BroadcastId, row.NodeId });
                table.ForeignKey("FK_Targets_Broadcasts_BroadcastId", row => row.BroadcastId, "Broadcasts", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Targets_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_Broadcasts_BulletinId", "Broadcasts", "BulletinId");
        migrationBuilder.CreateIndex("IX_Broadcasts_ScheduleId_Start", "Broadcasts", ["ScheduleId", "Start"], unique: true);
        migrationBuilder.CreateIndex("IX_Broadcasts_State_Start", "Broadcasts", ["State", "Start"]);
        migrationBuilder.CreateIndex("IX_Objects_Id", "Objects", "Id");
        migrationBuilder.CreateIndex("IX_Schedules_BulletinId", "Schedules", "BulletinId");
        migrationBuilder.CreateIndex("IX_Targets_NodeId", "Targets", "NodeId");
    }
}
