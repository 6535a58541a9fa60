using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>The parts of bulletins, and how their voice spoke.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129034315_BulletinParts")]
internal sealed class BulletinParts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(
            name: "AskedVoice",
            table: "Bulletins",
            nullable: true);

        migrationBuilder.AddColumn<int>(
            name: "Pitch",
            table: "Bulletins",
            nullable: true);

        migrationBuilder.AddColumn<double>(
            name: "Speed",
            table: "Bulletins",
            nullable: true);

        migrationBuilder.CreateTable(
            name: "BulletinParts",
            columns: table => new
            {
                BulletinId = table.Column<long>(nullable: false),
                Position = table.Column<int>(nullable: false),
                Kind = table.Column<int>(nullable: false),
                Cue = table.Column<int>(nullable: true),
                SourceId = table.Column<long>(nullable: true),
                Start = table.Column<long>(nullable: false),
                Length = table.Column<long>(nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_BulletinParts", x => new { x.BulletinId, x.Position });
                table.ForeignKey(
                    name: "FK_BulletinParts_Bulletins_BulletinId",
                    column: x => x.BulletinId,
                    principalTable: "Bulletins",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    name: "FK_BulletinParts_Bulletins_SourceId",
                    column: x => x.SourceId,
                    principalTable: "Bulletins",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex(
            name: "IX_BulletinParts_SourceId",
            table: "BulletinParts",
            column: "SourceId");
    }
}
