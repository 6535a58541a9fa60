using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>The index of targets by node holds open ones only: history made each new broadcast dearer.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261128220000_OpenTargetsByNode")]
internal sealed class OpenTargetsByNode : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_Targets_NodeId", "Targets");
        // 4 is TargetState.Played.
        migrationBuilder.CreateIndex("IX_Targets_NodeId", "Targets", "NodeId", filter: "State < 4");
    }
}
