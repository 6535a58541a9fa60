using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>A word of all areas together stands once; the index by area takes rows without an area for different ones.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129150000_LexiconOfAll")]
internal sealed class LexiconOfAll : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex(
            "IX_LexiconWords_Key", "LexiconWords", "Key", unique: true, filter: "\"AreaId\" IS NULL");
}
