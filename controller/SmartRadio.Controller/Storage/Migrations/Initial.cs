using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>
/// The schema of the first version. Column types are left to the database's provider, so that the same migrations serve
/// SQLite and PostgreSQL.
/// </summary>
[DbContext(typeof(RadioDb))]
[Migration("20261121000000_Initial")]
internal sealed partial class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        AddPeople(migrationBuilder);
        AddFleet(migrationBuilder);
        AddBroadcasts(migrationBuilder);
    }
}
