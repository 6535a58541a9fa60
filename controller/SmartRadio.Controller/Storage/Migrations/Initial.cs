using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SmartRadio.Controller.Storage.Migrations;

/// <summary>The schema of the first version.</summary>
[DbContext(typeof(RadioDb))]
[Migration("20261121000000_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Areas",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ParentId = columns.Column<long>(nullable: true),
                Code = columns.Column<string>(),
                Name = columns.Column<string>(),
                Level = columns.Column<string>(),
                ValidFrom = columns.Column<DateOnly>(),
                ValidTo = columns.Column<DateOnly>(nullable: true),
                QuietHours = columns.Column<string>(nullable: true),
                MinutesPerDay = columns.Column<int>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Areas", row => row.Id);
                table.ForeignKey("FK_Areas_Areas_ParentId", row => row.ParentId, "Areas", "Id", onDelete: ReferentialAction.Restrict);
            });

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
            "Bulletins",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Title = columns.Column<string>(),
                Origin = columns.Column<int>(),
                Text = columns.Column<string>(nullable: true),
                Voice = columns.Column<string>(nullable: true),
                Length = columns.Column<long>(),
                Loudness = columns.Column<double>(),
                SourceLoudness = columns.Column<double>(),
                Peaks = columns.Column<byte[]>(),
                Hash = columns.Column<string>(),
                CreatedById = columns.Column<string>(),
                CreatedAt = columns.Column<long>(),
                ApprovedById = columns.Column<string>(nullable: true),
                ApprovedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Bulletins", row => row.Id);
            });

        migrationBuilder.CreateTable(
            "Receipts",
            columns => new
            {
                NodeId = columns.Column<string>(),
                Number = columns.Column<long>(),
                BroadcastId = columns.Column<long>(),
                Step = columns.Column<byte>(),
                Reason = columns.Column<byte>(),
                Instant = columns.Column<long>(),
                Samples = columns.Column<long>(),
                StoredAt = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Receipts", row => new { row.NodeId, row.Number });
            });

        migrationBuilder.CreateTable(
            "Nodes",
            columns => new
            {
                Id = columns.Column<string>(),
                Name = columns.Column<string>(),
                AreaId = columns.Column<long>(),
                ProtectedSecret = columns.Column<byte[]>(),
                KeyId = columns.Column<byte>(),
                Volume = columns.Column<int>(),
                LowData = columns.Column<bool>(),
                PlanNumber = columns.Column<long>(),
                CommandCounter = columns.Column<long>(),
                CreatedAt = columns.Column<long>(),
                RevokedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Nodes", row => row.Id);
                table.ForeignKey("FK_Nodes_Areas_AreaId", row => row.AreaId, "Areas", "Id", onDelete: ReferentialAction.Cascade);
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
                table.ForeignKey("FK_ApiKeys_AspNetUsers_PersonId", row => row.PersonId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
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
                table.ForeignKey("FK_AspNetUserClaims_AspNetUsers_UserId", row => row.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
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
                table.ForeignKey("FK_AspNetUserLogins_AspNetUsers_UserId", row => row.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
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
                table.ForeignKey("FK_AspNetUserTokens_AspNetUsers_UserId", row => row.UserId, "AspNetUsers", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "Objects",
            columns => new
            {
                BulletinId = columns.Column<long>(),
                Codec = columns.Column<byte>(),
                Id = columns.Column<string>(nullable: true),
                Bytes = columns.Column<long>(),
                Samples = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Objects", row => new { row.BulletinId, row.Codec });
                table.ForeignKey("FK_Objects_Bulletins_BulletinId", row => row.BulletinId, "Bulletins", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "Schedules",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                BulletinId = columns.Column<long>(),
                Class = columns.Column<byte>(),
                Audience = columns.Column<string>(),
                From = columns.Column<DateOnly>(),
                Until = columns.Column<DateOnly>(nullable: true),
                At = columns.Column<TimeOnly>(),
                Recurrence = columns.Column<int>(),
                Weekdays = columns.Column<int>(),
                Repeats = columns.Column<int>(),
                Gap = columns.Column<long>(),
                Tolerance = columns.Column<long>(),
                PlannedThrough = columns.Column<long>(),
                CreatedById = columns.Column<string>(),
                CreatedAt = columns.Column<long>(),
                CancelledAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Schedules", row => row.Id);
                table.ForeignKey("FK_Schedules_Bulletins_BulletinId", row => row.BulletinId, "Bulletins", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "NodeStatuses",
            columns => new
            {
                NodeId = columns.Column<string>(),
                Online = columns.Column<bool>(),
                LastSeen = columns.Column<long>(nullable: true),
                Firmware = columns.Column<string>(),
                Hardware = columns.Column<string>(),
                Codecs = columns.Column<int>(),
                PlanNumber = columns.Column<long>(),
                UpCounter = columns.Column<long>(),
                OnAir = columns.Column<long>(nullable: true),
                Volume = columns.Column<int>(),
                Signal = columns.Column<int>(),
                StorageSize = columns.Column<long>(),
                StorageFree = columns.Column<long>(),
                ClockOffset = columns.Column<long>(),
                Temperature = columns.Column<double>(),
                Supply = columns.Column<int>(),
                Uptime = columns.Column<long>(),
                Refused = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_NodeStatuses", row => row.NodeId);
                table.ForeignKey("FK_NodeStatuses_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "Broadcasts",
            columns => new
            {
                Id = columns.Column<long>().Annotation("Sqlite:Autoincrement", true),
                BulletinId = columns.Column<long>(),
                Class = columns.Column<byte>(),
                Start = columns.Column<long>(),
                LatestStart = columns.Column<long>(),
                Length = columns.Column<long>(),
                State = columns.Column<int>(),
                ScheduleId = columns.Column<long>(nullable: true),
                Audience = columns.Column<string>(),
                CreatedById = columns.Column<string>(nullable: true),
                CreatedAt = columns.Column<long>(),
                StoppedAt = columns.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Broadcasts", row => row.Id);
                table.ForeignKey("FK_Broadcasts_Bulletins_BulletinId", row => row.BulletinId, "Bulletins", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_Broadcasts_Schedules_ScheduleId", row => row.ScheduleId, "Schedules", "Id");
            });

        migrationBuilder.CreateTable(
            "Targets",
            columns => new
            {
                BroadcastId = columns.Column<long>(),
                NodeId = columns.Column<string>(),
                AreaId = columns.Column<long>(),
                ObjectId = columns.Column<string>(nullable: true),
                State = columns.Column<int>(),
                Reason = columns.Column<byte>(),
                StartedAt = columns.Column<long>(nullable: true),
                EndedAt = columns.Column<long>(nullable: true),
                Samples = columns.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Targets", row => new { row.BroadcastId, row.NodeId });
                table.ForeignKey("FK_Targets_Broadcasts_BroadcastId", row => row.BroadcastId, "Broadcasts", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_Targets_Nodes_NodeId", row => row.NodeId, "Nodes", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex("IX_ApiKeys_Hash", "ApiKeys", "Hash", unique: true);
        migrationBuilder.CreateIndex("IX_ApiKeys_PersonId", "ApiKeys", "PersonId");
        migrationBuilder.CreateIndex("IX_Areas_Code_ValidFrom", "Areas", ["Code", "ValidFrom"], unique: true);
        migrationBuilder.CreateIndex("IX_Areas_ParentId", "Areas", "ParentId");
        migrationBuilder.CreateIndex("IX_AspNetUserClaims_UserId", "AspNetUserClaims", "UserId");
        migrationBuilder.CreateIndex("IX_AspNetUserLogins_UserId", "AspNetUserLogins", "UserId");
        migrationBuilder.CreateIndex("EmailIndex", "AspNetUsers", "NormalizedEmail");
        migrationBuilder.CreateIndex("UserNameIndex", "AspNetUsers", "NormalizedUserName", unique: true);
        migrationBuilder.CreateIndex("IX_Broadcasts_BulletinId", "Broadcasts", "BulletinId");
        migrationBuilder.CreateIndex("IX_Broadcasts_ScheduleId_Start", "Broadcasts", ["ScheduleId", "Start"], unique: true);
        migrationBuilder.CreateIndex("IX_Broadcasts_State_Start", "Broadcasts", ["State", "Start"]);
        migrationBuilder.CreateIndex("IX_Nodes_AreaId", "Nodes", "AreaId");
        migrationBuilder.CreateIndex("IX_Objects_Id", "Objects", "Id");
        migrationBuilder.CreateIndex("IX_Receipts_BroadcastId", "Receipts", "BroadcastId");
        migrationBuilder.CreateIndex("IX_Schedules_BulletinId", "Schedules", "BulletinId");
        migrationBuilder.CreateIndex("IX_Targets_NodeId", "Targets", "NodeId");
    }
}
