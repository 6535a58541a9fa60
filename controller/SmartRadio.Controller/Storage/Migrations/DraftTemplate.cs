using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>The template that a draft was begun with.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261130030000_DraftTemplate")]
internal sealed class DraftTemplate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>(
        name: "Template",
        table: "Drafts",
        nullable: true);
}
