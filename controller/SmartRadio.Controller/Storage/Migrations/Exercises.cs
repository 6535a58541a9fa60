using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Areas in which people exercise, and what they air and schedule there.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130150000_Exercises")]
internal sealed class Exercises : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("ExerciseUntil", "Areas", nullable: true);
        migrationBuilder.AddColumn<bool>("IsExercise", "Broadcasts", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<bool>("IsExercise", "Schedules", nullable: false, defaultValue: false);
    }
}
