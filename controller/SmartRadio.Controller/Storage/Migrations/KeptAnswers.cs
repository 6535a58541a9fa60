using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>What the API answered under idempotency keys.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261128191919_KeptAnswers")]
internal sealed class KeptAnswers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "AnsweredRequests",
            columns: table => new
            {
                PersonId = table.Column<string>(nullable: false),
                Key = table.Column<string>(nullable: false),
                Fingerprint = table.Column<byte[]>(nullable: false),
                Status = table.Column<int>(nullable: false),
                ContentType = table.Column<string>(nullable: true),
                Location = table.Column<string>(nullable: true),
                Body = table.Column<byte[]>(nullable: true),
                At = table.Column<long>(nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AnsweredRequests", x => new { x.PersonId, x.Key });
            });

        migrationBuilder.CreateIndex(
            name: "IX_AnsweredRequests_At",
            table: "AnsweredRequests",
            column: "At");
    }
}
