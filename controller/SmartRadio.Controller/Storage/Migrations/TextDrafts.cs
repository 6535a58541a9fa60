using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Texts that people are writing.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129222000_TextDrafts")]
internal sealed class TextDrafts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "Drafts",
        columns: table => new
        {
            PersonId = table.Column<string>(nullable: false),
            Key = table.Column<string>(nullable: false),
            ChangedAt = table.Column<long>(nullable: false),
            Title = table.Column<string>(nullable: false),
            Text = table.Column<string>(nullable: false),
            AreaId = table.Column<long>(nullable: true),
            Voice = table.Column<string>(nullable: true),
        },
        constraints: table => table.PrimaryKey("PK_Drafts", draft => new { draft.PersonId, draft.Key }));
}
