using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>An index of the targets that are not over yet, which are asked for every few seconds.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261122020000_OpenTargets")]
internal sealed class OpenTargets : Migration
{
    // 4 is TargetState.Played.
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("IX_Targets_Open", "Targets", "BroadcastId", filter: "State < 4");
}
