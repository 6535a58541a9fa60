using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>Where bulletins lay that were deleted.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129224000_DeletedBulletins")]
internal sealed class DeletedBulletins : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "DeletedBulletins",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                AreaId = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DeletedBulletins", row => row.Id);
                table.ForeignKey(
                    "FK_DeletedBulletins_Areas_AreaId", row => row.AreaId, "Areas", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_DeletedBulletins_AreaId", "DeletedBulletins", "AreaId");
    }
}
