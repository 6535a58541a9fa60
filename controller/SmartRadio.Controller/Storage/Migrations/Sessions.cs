using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Who is signed in where.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261128204857_Sessions")]
internal sealed class Sessions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Sessions",
            columns: table => new
            {
                Id = table.Column<string>(nullable: false),
                PersonId = table.Column<string>(nullable: false),
                Stamp = table.Column<string>(nullable: false),
                Device = table.Column<string>(nullable: false),
                Address = table.Column<string>(nullable: false),
                StartedAt = table.Column<long>(nullable: false),
                SeenAt = table.Column<long>(nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Sessions", x => x.Id);
                table.ForeignKey(
                    name: "FK_Sessions_AspNetUsers_PersonId",
                    column: x => x.PersonId,
                    principalTable: "AspNetUsers",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex(
            name: "IX_Sessions_PersonId",
            table: "Sessions",
            column: "PersonId");
    }
}
