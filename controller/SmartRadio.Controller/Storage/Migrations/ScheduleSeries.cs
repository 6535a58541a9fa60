using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Which schedules changes made one of another.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130170000_ScheduleSeries")]
internal sealed class ScheduleSeries : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("SeriesId", "Schedules", nullable: true);
        migrationBuilder.CreateIndex("IX_Schedules_SeriesId", "Schedules", "SeriesId");
    }
}
