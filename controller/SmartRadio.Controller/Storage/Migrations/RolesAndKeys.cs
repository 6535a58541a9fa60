using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations
{
    /// <summary>Roles on areas, keys of nodes in a table of their own, one-time tokens, and stops of single targets.</summary>
    public partial class RolesAndKeys : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AppliedRequests",
                columns: table => new
                {
                    PersonId = table.Column<string>(nullable: false),
                    Key = table.Column<string>(nullable: false),
                    Action = table.Column<string>(nullable: false),
                    Subject = table.Column<string>(nullable: false),
                    At = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AppliedRequests", x => new { x.PersonId, x.Key, x.Action });
                });

            migrationBuilder.CreateTable(
                name: "NodeKeys",
                columns: table => new
                {
                    NodeId = table.Column<string>(nullable: false),
                    KeyId = table.Column<byte>(nullable: false),
                    ProtectedSecret = table.Column<byte[]>(nullable: false),
                    RevokedAt = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NodeKeys", x => x.NodeId);
                    table.ForeignKey(
                        name: "FK_NodeKeys_Nodes_NodeId",
                        column: x => x.NodeId,
                        principalTable: "Nodes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Rejections",
                columns: table => new
                {
                    NodeId = table.Column<string>(nullable: false),
                    By = table.Column<byte>(nullable: false),
                    Reason = table.Column<byte>(nullable: false),
                    Count = table.Column<long>(nullable: false),
                    Last = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rejections", x => new { x.NodeId, x.By, x.Reason });
                });

            migrationBuilder.CreateTable(
                name: "Roles",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PersonId = table.Column<string>(nullable: false),
                    Role = table.Column<int>(nullable: false),
                    AreaId = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Roles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Roles_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Roles_AspNetUsers_PersonId",
                        column: x => x.PersonId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            // Keys get a table of their own; counts keep their rows; whoever was there before may do what everybody could until now.
            migrationBuilder.Sql(
                """
                insert into "NodeKeys" ("NodeId", "KeyId", "ProtectedSecret", "RevokedAt")
                select "Id", "KeyId", "ProtectedSecret", "RevokedAt" from "Nodes";
                insert into "Rejections" ("NodeId", "By", "Reason", "Count", "Last")
                select "NodeId", "By", "Reason", "Count", "Last" from "Refusals";
                insert into "Roles" ("PersonId", "Role", "AreaId")
                select "person"."Id", "role"."value", null from "AspNetUsers" as "person" cross join json_each('[1, 2, 3, 4, 5]') as "role";
                """);

            migrationBuilder.DropForeignKey(
                name: "FK_Rotations_Nodes_NodeId",
                table: "Rotations");

            migrationBuilder.DropTable(
                name: "Refusals");

            migrationBuilder.DropColumn(
                name: "KeyId",
                table: "Nodes");

            migrationBuilder.DropColumn(
                name: "ProtectedSecret",
                table: "Nodes");

            migrationBuilder.AddColumn<long>(
                name: "StoppedAt",
                table: "Targets",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AreaId",
                table: "Bulletins",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AreaId",
                table: "ApiKeys",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ExpiresAt",
                table: "ApiKeys",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Roles",
                table: "ApiKeys",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bulletins_AreaId",
                table: "Bulletins",
                column: "AreaId");

            migrationBuilder.CreateIndex(
                name: "IX_AppliedRequests_At",
                table: "AppliedRequests",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Roles_AreaId",
                table: "Roles",
                column: "AreaId");

            migrationBuilder.CreateIndex(
                name: "IX_Roles_PersonId_Role_AreaId",
                table: "Roles",
                columns: new[] { "PersonId", "Role", "AreaId" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Bulletins_Areas_AreaId",
                table: "Bulletins",
                column: "AreaId",
                principalTable: "Areas",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Rotations_NodeKeys_NodeId",
                table: "Rotations",
                column: "NodeId",
                principalTable: "NodeKeys",
                principalColumn: "NodeId",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
