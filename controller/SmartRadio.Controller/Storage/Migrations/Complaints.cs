using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>What residents say of loudspeakers, and where they may say it without an account.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129210000_Complaints")]
internal sealed class Complaints : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Complaints",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                NodeId = table.Column<string>(nullable: false),
                AreaId = table.Column<long>(nullable: false),
                Kind = table.Column<int>(nullable: false),
                HeardAt = table.Column<long>(nullable: false),
                Words = table.Column<string>(nullable: false),
                Folded = table.Column<string>(nullable: false),
                CallerName = table.Column<string>(nullable: true),
                CallerPhone = table.Column<string>(nullable: true),
                CreatedById = table.Column<string>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                RequestKey = table.Column<string>(nullable: true),
                Answer = table.Column<string>(nullable: true),
                AnsweredById = table.Column<string>(nullable: true),
                AnsweredAt = table.Column<long>(nullable: true),
                ClosedById = table.Column<string>(nullable: true),
                ClosedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Complaints", row => row.Id);
                table.ForeignKey(
                    "FK_Complaints_Areas_AreaId", row => row.AreaId, "Areas", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    "FK_Complaints_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_Complaints_AreaId", "Complaints", "AreaId");
        migrationBuilder.CreateIndex("IX_Complaints_NodeId", "Complaints", "NodeId");
        migrationBuilder.CreateIndex("IX_Complaints_RequestKey", "Complaints", "RequestKey", unique: true);

        migrationBuilder.CreateTable(
            name: "PublicForms",
            columns: table => new
            {
                AreaId = table.Column<long>(nullable: false),
                IsOpen = table.Column<bool>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PublicForms", row => row.AreaId);
                table.ForeignKey(
                    "FK_PublicForms_Areas_AreaId", row => row.AreaId, "Areas", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "ComplaintAddresses",
            columns: table => new
            {
                NodeId = table.Column<string>(nullable: false),
                Token = table.Column<string>(nullable: false),
                MadeAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ComplaintAddresses", row => row.NodeId);
                table.ForeignKey(
                    "FK_ComplaintAddresses_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_ComplaintAddresses_Token", "ComplaintAddresses", "Token", unique: true);
    }
}
