using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Texts with blanks that areas speak again and again.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129221000_BulletinTemplates")]
internal sealed class BulletinTemplates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Templates",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                AreaId = table.Column<long>(nullable: true),
                Title = table.Column<string>(nullable: false),
                Text = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Templates", template => template.Id);
                table.ForeignKey(
                    name: "FK_Templates_Areas_AreaId",
                    column: template => template.AreaId,
                    principalTable: "Areas",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_Templates_AreaId", "Templates", "AreaId");
    }
}
