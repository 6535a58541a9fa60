using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>All versions of a bulletin are known by their first one.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129223000_BulletinRoots")]
internal sealed class BulletinRoots : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("RootId", "Bulletins", nullable: true);
        migrationBuilder.Sql(
            """
            WITH RECURSIVE "Versions" ("Id", "RootId") AS (
                SELECT "Id", "Id" FROM "Bulletins" WHERE "PreviousId" IS NULL
                UNION ALL
                SELECT newer."Id", older."RootId"
                FROM "Bulletins" AS newer JOIN "Versions" AS older ON newer."PreviousId" = older."Id")
            UPDATE "Bulletins"
            SET "RootId" = (SELECT one."RootId" FROM "Versions" AS one WHERE one."Id" = "Bulletins"."Id")
            WHERE "PreviousId" IS NOT NULL
            """);
        migrationBuilder.CreateIndex("IX_Bulletins_RootId", "Bulletins", "RootId");
    }
}
