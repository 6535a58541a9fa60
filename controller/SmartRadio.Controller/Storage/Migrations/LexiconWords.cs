using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Words that areas say in their own way.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129090000_LexiconWords")]
internal sealed class LexiconWords : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "LexiconWords",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                AreaId = table.Column<long>(nullable: true),
                Written = table.Column<string>(nullable: false),
                Key = table.Column<string>(nullable: false),
                Spoken = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_LexiconWords", word => word.Id);
                table.ForeignKey(
                    name: "FK_LexiconWords_Areas_AreaId",
                    column: word => word.AreaId,
                    principalTable: "Areas",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_LexiconWords_AreaId_Key", "LexiconWords", ["AreaId", "Key"], unique: true);
    }
}
