using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Links that let a person choose a password, and when a person signed in last.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261128192032_Invitations")]
internal sealed class Invitations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>(
            name: "LastSignInAt",
            table: "AspNetUsers",
            nullable: true);

        migrationBuilder.CreateTable(
            name: "Invitations",
            columns: table => new
            {
                PersonId = table.Column<string>(nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Invitations", x => x.PersonId);
                table.ForeignKey(
                    name: "FK_Invitations_AspNetUsers_PersonId",
                    column: x => x.PersonId,
                    principalTable: "AspNetUsers",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex(
            name: "IX_Invitations_Hash",
            table: "Invitations",
            column: "Hash",
            unique: true);
    }
}
