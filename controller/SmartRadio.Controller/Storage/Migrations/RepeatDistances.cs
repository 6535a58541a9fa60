using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Repeats are counted from start to start, not from end to start; in whole minutes, as people give them.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130170100_RepeatDistances")]
internal sealed class RepeatDistances : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.RenameColumn("Gap", "Schedules", "Distance");
        migrationBuilder.Sql(
            """
            UPDATE "Schedules" SET "Distance" = ("Distance" + 59999 + (
                SELECT "Length" FROM "Bulletins" WHERE "Bulletins"."Id" = "Schedules"."BulletinId")) / 60000 * 60000
            WHERE "Repeats" > 1;
            """);
    }
}
