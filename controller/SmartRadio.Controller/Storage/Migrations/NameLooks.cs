using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>
/// Names that look alike are found by an index, and so are the broadcasts that a person aired on one day. The start fills the
/// looks.
/// </summary>
[DbContext(typeof(RadioDb))]
[Migration("20261129184500_NameLooks")]
internal sealed class NameLooks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("UserNameLook", "AspNetUsers", nullable: false, defaultValue: "");
        migrationBuilder.AddColumn<string>("DisplayNameLook", "AspNetUsers", nullable: false, defaultValue: "");
        migrationBuilder.AddColumn<string>("Look", "Areas", nullable: false, defaultValue: "");
        migrationBuilder.CreateIndex("IX_AspNetUsers_UserNameLook", "AspNetUsers", "UserNameLook");
        migrationBuilder.CreateIndex("IX_AspNetUsers_DisplayNameLook", "AspNetUsers", "DisplayNameLook");
        migrationBuilder.DropIndex("IX_Areas_ParentId", "Areas");
        migrationBuilder.CreateIndex("IX_Areas_ParentId_Look", "Areas", ["ParentId", "Look"]);
        migrationBuilder.CreateIndex("IX_Broadcasts_CreatedById_CreatedAt", "Broadcasts", ["CreatedById", "CreatedAt"]);
    }
}
