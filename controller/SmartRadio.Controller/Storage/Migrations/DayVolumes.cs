using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>How loud areas and nodes are by time of day, and which nodes take it.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130140000_DayVolumes")]
internal sealed class DayVolumes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(
            name: "DayVolume",
            table: "Areas",
            nullable: true);

        migrationBuilder.AddColumn<string>(
            name: "DayVolume",
            table: "Nodes",
            nullable: true);

        migrationBuilder.AddColumn<bool>(
            name: "TakesVolumes",
            table: "Nodes",
            nullable: false,
            defaultValue: false);
    }
}
