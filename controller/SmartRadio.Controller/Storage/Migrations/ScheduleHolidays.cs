using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Whether a schedule airs on public holidays.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130170200_ScheduleHolidays")]
internal sealed class ScheduleHolidays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<int>("Holidays", "Schedules", nullable: false, defaultValue: 0);
}
