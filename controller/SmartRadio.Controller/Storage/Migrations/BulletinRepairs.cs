using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>What was mended in the sound of a bulletin as it came in.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129083000_BulletinRepairs")]
internal sealed class BulletinRepairs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<int>("Repairs", "Bulletins", nullable: true);
}
