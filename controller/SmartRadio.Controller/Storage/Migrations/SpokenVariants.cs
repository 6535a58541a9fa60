using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Words in another language that a voice said, with their text.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129194701_SpokenVariants")]
internal sealed class SpokenVariants : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(
            name: "AskedVoice",
            table: "BulletinParts",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "Text",
            table: "BulletinParts",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "Voice",
            table: "BulletinParts",
            nullable: true);
    }
}
