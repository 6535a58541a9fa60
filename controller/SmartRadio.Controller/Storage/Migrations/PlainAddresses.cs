using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>When a public address was made is told by the audit log.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129225000_PlainAddresses")]
internal sealed class PlainAddresses : Migration
{
    // DropColumn would have EF build the table anew on SQLite, which can drop one itself.
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""ALTER TABLE "ComplaintAddresses" DROP COLUMN "MadeAt" """);
}
