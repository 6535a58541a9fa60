using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Bulletins are returned, withdrawn and replaced by newer versions.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129220000_BulletinStates")]
internal sealed class BulletinStates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>(name: "Version", table: "Bulletins", nullable: false, defaultValue: 1);
        migrationBuilder.AddColumn<long>(name: "PreviousId", table: "Bulletins", nullable: true);
        migrationBuilder.AddColumn<string>(name: "ReturnedById", table: "Bulletins", nullable: true);
        migrationBuilder.AddColumn<long>(name: "ReturnedAt", table: "Bulletins", nullable: true);
        migrationBuilder.AddColumn<string>(name: "Remark", table: "Bulletins", nullable: true);
        migrationBuilder.AddColumn<string>(name: "WithdrawnById", table: "Bulletins", nullable: true);
        migrationBuilder.AddColumn<long>(name: "WithdrawnAt", table: "Bulletins", nullable: true);
        migrationBuilder.CreateIndex(name: "IX_Bulletins_PreviousId", table: "Bulletins", column: "PreviousId");
    }
}
