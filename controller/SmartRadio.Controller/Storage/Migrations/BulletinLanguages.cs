using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>The language of words, and the order of languages of an area.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129090550_BulletinLanguages")]
internal sealed class BulletinLanguages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(
            name: "Language",
            table: "BulletinParts",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "Languages",
            table: "Areas",
            nullable: true);
    }
}
