using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>A schedule has several times a day, pauses, and may end after so many times.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129190000_ScheduleTimes")]
internal sealed class ScheduleTimes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Times", "Schedules", nullable: false, defaultValue: "[]");
        migrationBuilder.Sql("""UPDATE "Schedules" SET "Times" = '["' || "At" || '"]'""");
        migrationBuilder.Sql("""ALTER TABLE "Schedules" DROP COLUMN "At";""");
        migrationBuilder.AddColumn<long>("Last", "Schedules", nullable: true);
        migrationBuilder.AddColumn<string>("Pauses", "Schedules", nullable: false, defaultValue: "[]");
    }
}
