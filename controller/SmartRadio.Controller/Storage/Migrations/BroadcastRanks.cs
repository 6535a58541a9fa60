using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Which of two that start together is first; what is there already is before what comes.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130100100_BroadcastRanks")]
internal sealed class BroadcastRanks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("Rank", "Broadcasts", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<long>("Rank", "Schedules", nullable: false, defaultValue: 0L);
    }
}
