using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Of which bulletins approvers were told.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130160000_ToldBulletins")]
internal sealed class ToldBulletins : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<long>("ToldAt", "Bulletins", nullable: true);
}
