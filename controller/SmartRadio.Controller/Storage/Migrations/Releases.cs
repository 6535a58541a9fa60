using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Versions of the device program and how they reach the nodes.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261122030000_Releases")]
internal sealed class Releases : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Releases",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Version = columns.Column<string>(),
                ObjectId = columns.Column<string>(),
                Bytes = columns.Column<long>(),
                Notes = columns.Column<string>(),
                CreatedById = columns.Column<string>(),
                CreatedAt = columns.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_Releases", row => row.Id));

        migrationBuilder.CreateTable(
            "Rollouts",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ReleaseId = columns.Column<long>(),
                State = columns.Column<byte>(),
                Stage = columns.Column<int>(),
                CreatedAt = columns.Column<long>(),
                EndedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Rollouts", row => row.Id);
                table.ForeignKey("FK_Rollouts_Releases_ReleaseId", row => row.ReleaseId, "Releases", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "RolloutNodes",
            columns => new
            {
                RolloutId = columns.Column<long>(),
                NodeId = columns.Column<string>(),
                Stage = columns.Column<int>(),
                Step = columns.Column<byte>(),
                Failure = columns.Column<byte>(),
                SentAt = columns.Column<long>(nullable: true),
                EndedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RolloutNodes", row => new { row.RolloutId, row.NodeId });
                table.ForeignKey("FK_RolloutNodes_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_RolloutNodes_Rollouts_RolloutId", row => row.RolloutId, "Rollouts", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_Releases_Version", "Releases", "Version", unique: true);
        migrationBuilder.CreateIndex("IX_Rollouts_ReleaseId", "Rollouts", "ReleaseId");
        migrationBuilder.CreateIndex("IX_RolloutNodes_NodeId", "RolloutNodes", "NodeId");
    }
}
