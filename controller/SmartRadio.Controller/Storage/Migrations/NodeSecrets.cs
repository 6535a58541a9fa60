using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Secrets on their way to nodes, and the codes by which nodes come to their first one.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261122010000_NodeSecrets")]
internal sealed class NodeSecrets : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "EnrolmentCodes",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                NodeId = columns.Column<string>(),
                Hash = columns.Column<byte[]>(),
                CreatedAt = columns.Column<long>(),
                ExpiresAt = columns.Column<long>(),
                UsedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_EnrolmentCodes", row => row.Id);
                table.ForeignKey("FK_EnrolmentCodes_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "Rotations",
            columns => new
            {
                NodeId = columns.Column<string>(),
                KeyId = columns.Column<byte>(),
                ProtectedSecret = columns.Column<byte[]>(),
                BegunAt = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Rotations", row => row.NodeId);
                table.ForeignKey("FK_Rotations_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_EnrolmentCodes_Hash", "EnrolmentCodes", "Hash", unique: true);
        migrationBuilder.CreateIndex("IX_EnrolmentCodes_NodeId", "EnrolmentCodes", "NodeId");
    }
}
