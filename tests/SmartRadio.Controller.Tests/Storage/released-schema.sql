CREATE TABLE "ApiKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ApiKeys" PRIMARY KEY AUTOINCREMENT,
    "PersonId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Hash" BLOB NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "LastUsedAt" INTEGER NULL,
    "RevokedAt" INTEGER NULL,
    CONSTRAINT "FK_ApiKeys_AspNetUsers_PersonId" FOREIGN KEY ("PersonId") REFERENCES "AspNetUsers" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Areas" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Areas" PRIMARY KEY AUTOINCREMENT,
    "ParentId" INTEGER NULL,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Level" TEXT NOT NULL,
    "ValidFrom" TEXT NOT NULL,
    "ValidTo" TEXT NULL,
    "QuietHours" TEXT NULL,
    "MinutesPerDay" INTEGER NULL,
    CONSTRAINT "FK_Areas_Areas_ParentId" FOREIGN KEY ("ParentId") REFERENCES "Areas" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "AspNetUserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetUserClaims_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "AspNetUserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_AspNetUserLogins_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "AspNetUserTokens" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AspNetUserTokens_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "AspNetUsers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AspNetUsers" PRIMARY KEY,
    "DisplayName" TEXT NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" INTEGER NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
);
CREATE TABLE "Audit" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Audit" PRIMARY KEY AUTOINCREMENT,
    "At" INTEGER NOT NULL,
    "PersonId" TEXT NULL,
    "ActorName" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Detail" TEXT NOT NULL,
    "PreviousHash" BLOB NOT NULL,
    "Hash" BLOB NOT NULL
);
CREATE TABLE "Broadcasts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Broadcasts" PRIMARY KEY AUTOINCREMENT,
    "BulletinId" INTEGER NOT NULL,
    "Class" INTEGER NOT NULL,
    "Start" INTEGER NOT NULL,
    "LatestStart" INTEGER NOT NULL,
    "Length" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "ScheduleId" INTEGER NULL,
    "Audience" TEXT NOT NULL,
    "CreatedById" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "StoppedAt" INTEGER NULL,
    CONSTRAINT "FK_Broadcasts_Bulletins_BulletinId" FOREIGN KEY ("BulletinId") REFERENCES "Bulletins" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Broadcasts_Schedules_ScheduleId" FOREIGN KEY ("ScheduleId") REFERENCES "Schedules" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Bulletins" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Bulletins" PRIMARY KEY AUTOINCREMENT,
    "Title" TEXT NOT NULL,
    "Origin" INTEGER NOT NULL,
    "Text" TEXT NULL,
    "Voice" TEXT NULL,
    "Length" INTEGER NOT NULL,
    "Loudness" REAL NOT NULL,
    "SourceLoudness" REAL NOT NULL,
    "Peaks" BLOB NOT NULL,
    "Hash" TEXT NOT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ApprovedById" TEXT NULL,
    "ApprovedAt" INTEGER NULL
);
CREATE TABLE "DataBudgets" (
    "NodeId" TEXT NOT NULL CONSTRAINT "PK_DataBudgets" PRIMARY KEY,
    "Bytes" INTEGER NOT NULL,
    CONSTRAINT "FK_DataBudgets_Nodes_NodeId" FOREIGN KEY ("NodeId") REFERENCES "Nodes" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "DataUses" (
    "NodeId" TEXT NOT NULL,
    "Month" INTEGER NOT NULL,
    "Bytes" INTEGER NOT NULL,
    CONSTRAINT "PK_DataUses" PRIMARY KEY ("NodeId", "Month"),
    CONSTRAINT "FK_DataUses_Nodes_NodeId" FOREIGN KEY ("NodeId") REFERENCES "Nodes" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "EnrolmentCodes" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_EnrolmentCodes" PRIMARY KEY AUTOINCREMENT,
    "NodeId" TEXT NOT NULL,
    "Hash" BLOB NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    "UsedAt" INTEGER NULL,
    CONSTRAINT "FK_EnrolmentCodes_Nodes_NodeId" FOREIGN KEY ("NodeId") REFERENCES "Nodes" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "NodeStatuses" (
    "NodeId" TEXT NOT NULL CONSTRAINT "PK_NodeStatuses" PRIMARY KEY,
    "Online" INTEGER NOT NULL,
    "LastSeen" INTEGER NULL,
    "Firmware" TEXT NOT NULL,
    "Hardware" TEXT NOT NULL,
    "Codecs" INTEGER NOT NULL,
    "PlanNumber" INTEGER NOT NULL,
    "UpCounter" INTEGER NOT NULL,
    "OnAir" INTEGER NULL,
    "Volume" INTEGER NOT NULL,
    "Signal" INTEGER NOT NULL,
    "StorageSize" INTEGER NOT NULL,
    "StorageFree" INTEGER NOT NULL,
    "ClockOffset" INTEGER NOT NULL,
    "Temperature" REAL NOT NULL,
    "Supply" INTEGER NOT NULL,
    "Uptime" INTEGER NOT NULL,
    "Refused" INTEGER NOT NULL,
    "Line" INTEGER NOT NULL,
    "LineLevel" INTEGER NOT NULL,
    "Update" INTEGER NOT NULL,
    "UpdateVersion" TEXT NOT NULL,
    CONSTRAINT "FK_NodeStatuses_Nodes_NodeId" FOREIGN KEY ("NodeId") REFERENCES "Nodes" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Nodes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Nodes" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "AreaId" INTEGER NOT NULL,
    "ProtectedSecret" BLOB NOT NULL,
    "KeyId" INTEGER NOT NULL,
    "Volume" INTEGER NOT NULL,
    "LowData" INTEGER NOT NULL,
    "PlanNumber" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "RevokedAt" INTEGER NULL,
    CONSTRAINT "FK_Nodes_Areas_AreaId" FOREIGN KEY ("AreaId") REFERENCES "Areas" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Objects" (
    "BulletinId" INTEGER NOT NULL,
    "Codec" INTEGER NOT NULL,
    "Id" TEXT NULL,
    "Bytes" INTEGER NOT NULL,
    "Samples" INTEGER NOT NULL,
    CONSTRAINT "PK_Objects" PRIMARY KEY ("BulletinId", "Codec"),
    CONSTRAINT "FK_Objects_Bulletins_BulletinId" FOREIGN KEY ("BulletinId") REFERENCES "Bulletins" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Receipts" (
    "NodeId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "BroadcastId" INTEGER NOT NULL,
    "Step" INTEGER NOT NULL,
    "Reason" INTEGER NOT NULL,
    "Instant" INTEGER NOT NULL,
    "Samples" INTEGER NOT NULL,
    "StoredAt" INTEGER NOT NULL,
    CONSTRAINT "PK_Receipts" PRIMARY KEY ("NodeId", "Number")
);
CREATE TABLE "Refusals" (
    "NodeId" TEXT NOT NULL,
    "By" INTEGER NOT NULL,
    "Reason" INTEGER NOT NULL,
    "Count" INTEGER NOT NULL,
    "Last" INTEGER NOT NULL,
    CONSTRAINT "PK_Refusals" PRIMARY KEY ("NodeId", "By", "Reason")
);
CREATE TABLE "Releases" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Releases" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "ObjectId" TEXT NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "Notes" TEXT NOT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL
);
CREATE TABLE "RolloutNodes" (
    "RolloutId" INTEGER NOT NULL,
    "NodeId" TEXT NOT NULL,
    "Stage" INTEGER NOT NULL,
    "Step" INTEGER NOT NULL,
    "Failure" INTEGER NOT NULL,
    "SentAt" INTEGER NULL,
    "EndedAt" INTEGER NULL,
    CONSTRAINT "PK_RolloutNodes" PRIMARY KEY ("RolloutId", "NodeId"),
    CONSTRAINT "FK_RolloutNodes_Nodes_NodeId" FOREIGN KEY ("NodeId") REFERENCES "Nodes" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RolloutNodes_Rollouts_RolloutId" FOREIGN KEY ("RolloutId") REFERENCES "Rollouts" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Rollouts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Rollouts" PRIMARY KEY AUTOINCREMENT,
    "ReleaseId" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "Stage" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "EndedAt" INTEGER NULL,
    CONSTRAINT "FK_Rollouts_Releases_ReleaseId" FOREIGN KEY ("ReleaseId") REFERENCES "Releases" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Rotations" (
    "NodeId" TEXT NOT NULL CONSTRAINT "PK_Rotations" PRIMARY KEY,
    "KeyId" INTEGER NOT NULL,
    "ProtectedSecret" BLOB NOT NULL,
    "BegunAt" INTEGER NOT NULL,
    CONSTRAINT "FK_Rotations_Nodes_NodeId" FOREIGN KEY ("NodeId") REFERENCES "Nodes" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Runs" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Runs" PRIMARY KEY,
    "StartedAt" INTEGER NOT NULL
);
CREATE TABLE "Schedules" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Schedules" PRIMARY KEY AUTOINCREMENT,
    "BulletinId" INTEGER NOT NULL,
    "Class" INTEGER NOT NULL,
    "Audience" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "Until" TEXT NULL,
    "At" TEXT NOT NULL,
    "Recurrence" INTEGER NOT NULL,
    "Weekdays" INTEGER NOT NULL,
    "Repeats" INTEGER NOT NULL,
    "Gap" INTEGER NOT NULL,
    "Tolerance" INTEGER NOT NULL,
    "PlannedThrough" INTEGER NOT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "CancelledAt" INTEGER NULL,
    CONSTRAINT "FK_Schedules_Bulletins_BulletinId" FOREIGN KEY ("BulletinId") REFERENCES "Bulletins" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Targets" (
    "BroadcastId" INTEGER NOT NULL,
    "NodeId" TEXT NOT NULL,
    "AreaId" INTEGER NOT NULL,
    "ObjectId" TEXT NULL,
    "State" INTEGER NOT NULL,
    "Reason" INTEGER NOT NULL,
    "StartedAt" INTEGER NULL,
    "EndedAt" INTEGER NULL,
    "Samples" INTEGER NOT NULL,
    CONSTRAINT "PK_Targets" PRIMARY KEY ("BroadcastId", "NodeId"),
    CONSTRAINT "FK_Targets_Broadcasts_BroadcastId" FOREIGN KEY ("BroadcastId") REFERENCES "Broadcasts" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Targets_Nodes_NodeId" FOREIGN KEY ("NodeId") REFERENCES "Nodes" ("Id") ON DELETE RESTRICT
);
CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail");
CREATE UNIQUE INDEX "IX_ApiKeys_Hash" ON "ApiKeys" ("Hash");
CREATE INDEX "IX_ApiKeys_PersonId" ON "ApiKeys" ("PersonId");
CREATE UNIQUE INDEX "IX_Areas_Code_ValidFrom" ON "Areas" ("Code", "ValidFrom");
CREATE INDEX "IX_Areas_ParentId" ON "Areas" ("ParentId");
CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");
CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");
CREATE INDEX "IX_Broadcasts_BulletinId" ON "Broadcasts" ("BulletinId");
CREATE UNIQUE INDEX "IX_Broadcasts_ScheduleId_Start" ON "Broadcasts" ("ScheduleId", "Start");
CREATE INDEX "IX_Broadcasts_State_Start" ON "Broadcasts" ("State", "Start");
CREATE UNIQUE INDEX "IX_EnrolmentCodes_Hash" ON "EnrolmentCodes" ("Hash");
CREATE INDEX "IX_EnrolmentCodes_NodeId" ON "EnrolmentCodes" ("NodeId");
CREATE INDEX "IX_Nodes_AreaId" ON "Nodes" ("AreaId");
CREATE INDEX "IX_Objects_Id" ON "Objects" ("Id");
CREATE INDEX "IX_Receipts_BroadcastId" ON "Receipts" ("BroadcastId");
CREATE UNIQUE INDEX "IX_Releases_Version" ON "Releases" ("Version");
CREATE INDEX "IX_RolloutNodes_NodeId" ON "RolloutNodes" ("NodeId");
CREATE INDEX "IX_Rollouts_ReleaseId" ON "Rollouts" ("ReleaseId");
CREATE INDEX "IX_Schedules_BulletinId" ON "Schedules" ("BulletinId");
CREATE INDEX "IX_Targets_NodeId" ON "Targets" ("NodeId");
CREATE INDEX "IX_Targets_Open" ON "Targets" ("BroadcastId") WHERE State < 4;
CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName");
