using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>The last step of an authenticator app that each person used.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129120000_CodeSteps")]
internal sealed class CodeSteps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<long>("LastCodeStep", "AspNetUsers", nullable: false, defaultValue: 0L);
}
