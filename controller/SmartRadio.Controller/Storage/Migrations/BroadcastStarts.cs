using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>A day of broadcasts is found without looking at all of history.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129183000_BroadcastStarts")]
internal sealed class BroadcastStarts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("IX_Broadcasts_Start", "Broadcasts", "Start");
}
