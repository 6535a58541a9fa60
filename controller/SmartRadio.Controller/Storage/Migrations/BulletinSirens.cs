using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Whether a siren sounds in a bulletin. One in a programme made before is taken to sound there too.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129164806_BulletinSirens")]
internal sealed class BulletinSirens : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<bool>("HoldsSiren", "Bulletins", nullable: false, defaultValue: false);
        // 3 is Cue.Siren.
        migrationBuilder.Sql(
            """
            WITH RECURSIVE Sirens (Id) AS (
                SELECT BulletinId FROM BulletinParts WHERE Cue = 3
                UNION
                SELECT BulletinId FROM BulletinParts JOIN Sirens ON SourceId = Sirens.Id)
            UPDATE Bulletins SET HoldsSiren = 1 WHERE Id IN (SELECT Id FROM Sirens)
            """);
    }
}
