using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Nodes that are chosen together.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130100000_NodeGroups")]
internal sealed class NodeGroups : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Groups",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                AreaId = table.Column<long>(nullable: false),
                Name = table.Column<string>(nullable: false),
                Nodes = table.Column<string>(nullable: false),
                RemovedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Groups", group => group.Id);
                table.ForeignKey(
                    name: "FK_Groups_Areas_AreaId",
                    column: group => group.AreaId,
                    principalTable: "Areas",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_Groups_AreaId", "Groups", "AreaId");
    }
}
