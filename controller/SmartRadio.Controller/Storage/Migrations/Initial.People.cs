using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

internal sealed partial class Initial
{
    private static void AddPeople(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "AspNetUsers",
            columns => new
            {
                Id = columns.Column<string>(),
                DisplayName = columns.Column<string>(),
                UserName = columns.Column<string>(maxLength: 256, nullable: true),
                NormalizedUserName = columns.Column<string>(maxLength: 256, nullable: true),
                Email = columns.Column<string>(maxLength: 256, nullable: true),
                NormalizedEmail = columns.Column<string>(maxLength: 256, nullable: true),
                EmailConfirmed = columns.Column<bool>(),
                PasswordHash = columns.Column<string>(nullable: true),
                SecurityStamp = columns.Column<string>(nullable: true),
                ConcurrencyStamp = columns.Column<string>(nullable: true),
                PhoneNumber = columns.Column<string>(nullable: true),
                PhoneNumberConfirmed = columns.Column<bool>(),
                TwoFactorEnabled = columns.Column<bool>(),
                LockoutEnd = columns.Column<long>(nullable: true),
                LockoutEnabled = columns.Column<bool>(),
                AccessFailedCount = columns.Column<int>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AspNetUsers", row => row.Id);
            });

        migrationBuilder.CreateTable(
            "Audit",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                At = columns.Column<long>(),
                PersonId = columns.Column<string>(nullable: true),
                ActorName = columns.Column<string>(),
                Action = columns.Column<string>(),
                Subject = columns.Column<string>(),
                Detail = columns.Column<string>(),
                PreviousHash = columns.Column<byte[]>(),
                Hash = columns.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Audit", row => row.Id);
            });

        migrationBuilder.CreateTable(
            "ApiKeys",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                PersonId = columns.Column<string>(),
                Name = columns.Column<string>(),
                Hash = columns.Column<byte[]>(),
                CreatedAt = columns.Column<long>(),
                LastUsedAt = columns.Column<long>(nullable: true),
                RevokedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ApiKeys", row => row.Id);
                table.ForeignKey("FK_ApiKeys_AspNetUsers_PersonId", row => row.PersonId, "AspNetUsers", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "AspNetUserClaims",
            columns => new
            {
                Id = columns.Column<int>().Annotation("Sqlite:Autoincrement", true),
                UserId = columns.Column<string>(),
                ClaimType = columns.Column<string>(nullable: true),
                ClaimValue = columns.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AspNetUserClaims", row => row.Id);
                table.ForeignKey("FK_AspNetUserClaims_AspNetUsers_UserId", row => row.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "AspNetUserLogins",
            columns => new
            {
                LoginProvider = columns.Column<string>(),
                ProviderKey = columns.Column<string>(),
                ProviderDisplayName = columns.Column<string>(nullable: true),
                UserId = columns.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AspNetUserLogins", row => new { row.LoginProvider, row.ProviderKey });
                table.ForeignKey("FK_AspNetUserLogins_AspNetUsers_UserId", row => row.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            "AspNetUserTokens",
            columns => new
            {
                UserId = columns.Column<string>(),
                LoginProvider = columns.Column<string>(),
                Name = columns.Column<string>(),
                Value = columns.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AspNetUserTokens", row => new { row.UserId, row.LoginProvider, row.Name });
                table.ForeignKey("FK_AspNetUserTokens_AspNetUsers_UserId", row => row.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_ApiKeys_Hash", "ApiKeys", "Hash", unique: true);
        migrationBuilder.CreateIndex("IX_ApiKeys_PersonId", "ApiKeys", "PersonId");
        migrationBuilder.CreateIndex("IX_AspNetUserClaims_UserId", "AspNetUserClaims", "UserId");
        migrationBuilder.CreateIndex("IX_AspNetUserLogins_UserId", "AspNetUserLogins", "UserId");
        migrationBuilder.CreateIndex("EmailIndex", "AspNetUsers", "NormalizedEmail");
        migrationBuilder.CreateIndex("UserNameIndex", "AspNetUsers", "NormalizedUserName", unique: true);
    }
}
