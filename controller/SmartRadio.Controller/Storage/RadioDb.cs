using System.Text.Json;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Releases;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Storage;

/// <summary>The controller's database. UnixTime are stored as Unix milliseconds in UTC, lengths as milliseconds.</summary>
public sealed class RadioDb(DbContextOptions<RadioDb> options) : IdentityUserContext<Person>(options)
{
    public DbSet<Area> Areas => Set<Area>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Bulletin> Bulletins => Set<Bulletin>();

    public DbSet<SoundObject> Objects => Set<SoundObject>();

    public DbSet<Broadcast> Broadcasts => Set<Broadcast>();

    public DbSet<Target> Targets => Set<Target>();

    public DbSet<Schedule> Schedules => Set<Schedule>();

    public DbSet<Node> Nodes => Set<Node>();

    public DbSet<NodeStatus> NodeStatuses => Set<NodeStatus>();

    public DbSet<ReceiptRow> Receipts => Set<ReceiptRow>();

    public DbSet<NodeRotation> Rotations => Set<NodeRotation>();

    public DbSet<EnrolmentCode> EnrolmentCodes => Set<EnrolmentCode>();

    public DbSet<RejectedCount> Refusals => Set<RejectedCount>();

    public DbSet<DataUse> DataUses => Set<DataUse>();

    public DbSet<DataBudget> DataBudgets => Set<DataBudget>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<Rollout> Rollouts => Set<Rollout>();

    public DbSet<RolloutNode> RolloutNodes => Set<RolloutNode>();

    public DbSet<ControllerRun> Runs => Set<ControllerRun>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<LengthConverter>();
        configurationBuilder.Properties<Audience>().HaveConversion<AudienceConverter>();
        configurationBuilder.Properties<QuietHours>().HaveConversion<QuietHoursConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Area>(area =>
        {
            area.HasIndex(a => new { a.Code, a.ValidFrom }).IsUnique();
            area.HasOne<Area>().WithMany().HasForeignKey(a => a.ParentId);
        });
        builder.Entity<ApiKey>(key =>
        {
            key.HasIndex(k => k.Hash).IsUnique();
            key.HasOne<Person>().WithMany().HasForeignKey(k => k.PersonId);
        });
        builder.Entity<SoundObject>(sound =>
        {
            // Bulletins of the same sound share one object, so its id alone does not tell the row.
            sound.HasKey(o => new { o.BulletinId, o.Codec });
            sound.HasIndex(o => o.Id);
            sound.HasOne<Bulletin>().WithMany().HasForeignKey(o => o.BulletinId);
        });
        builder.Entity<Broadcast>(broadcast =>
        {
            broadcast.HasOne<Bulletin>().WithMany().HasForeignKey(b => b.BulletinId);
            broadcast.HasOne<Schedule>().WithMany().HasForeignKey(b => b.ScheduleId);
            broadcast.HasMany(b => b.Targets).WithOne().HasForeignKey(t => t.BroadcastId);
            broadcast.HasIndex(b => new { b.State, b.Start });
            broadcast.HasIndex(b => new { b.ScheduleId, b.Start }).IsUnique();
        });
        builder.Entity<Target>(target =>
        {
            target.HasKey(t => new { t.BroadcastId, t.NodeId });
            target.HasIndex(t => t.NodeId);
            // Few targets are open and all of history is not: what is due and what is over are found among the few.
            target.HasIndex(t => t.BroadcastId, "IX_Targets_Open").HasFilter("State < 4");
            target.HasOne<Node>().WithMany().HasForeignKey(t => t.NodeId);
        });
        builder.Entity<Schedule>().HasOne<Bulletin>().WithMany().HasForeignKey(s => s.BulletinId);
        builder.Entity<Node>().HasOne<Area>().WithMany().HasForeignKey(n => n.AreaId);
        builder.Entity<NodeRotation>(rotation =>
        {
            rotation.HasKey(r => r.NodeId);
            rotation.HasOne<Node>().WithOne().HasForeignKey<NodeRotation>(r => r.NodeId);
        });
        builder.Entity<EnrolmentCode>(code =>
        {
            code.HasIndex(c => c.Hash).IsUnique();
            code.HasOne<Node>().WithMany().HasForeignKey(c => c.NodeId);
        });
        builder.Entity<NodeStatus>(status =>
        {
            status.HasKey(s => s.NodeId);
            status.HasOne<Node>().WithOne().HasForeignKey<NodeStatus>(s => s.NodeId);
        });
        builder.Entity<DataUse>(use =>
        {
            use.HasKey(u => new { u.NodeId, u.Month });
            use.HasOne<Node>().WithMany().HasForeignKey(u => u.NodeId);
        });
        builder.Entity<DataBudget>(budget =>
        {
            budget.HasKey(b => b.NodeId);
            budget.HasOne<Node>().WithOne().HasForeignKey<DataBudget>(b => b.NodeId);
        });
        builder.Entity<RejectedCount>().HasKey(count => new { count.NodeId, count.By, count.Reason });
        builder.Entity<Release>().HasIndex(release => release.Version).IsUnique();
        builder.Entity<Rollout>(rollout =>
        {
            rollout.HasOne<Release>().WithMany().HasForeignKey(r => r.ReleaseId);
            rollout.HasMany(r => r.Nodes).WithOne().HasForeignKey(n => n.RolloutId);
        });
        builder.Entity<RolloutNode>(node =>
        {
            node.HasKey(n => new { n.RolloutId, n.NodeId });
            node.HasOne<Node>().WithMany().HasForeignKey(n => n.NodeId);
        });
        builder.Entity<ControllerRun>().Property(r => r.Id).ValueGeneratedNever();
        builder.Entity<ReceiptRow>(receipt =>
        {
            receipt.HasKey(r => new { r.NodeId, r.Number });
            receipt.HasIndex(r => r.BroadcastId);
        });
        KeepHistory(builder);
    }

    // What was said and heard is proof: no row goes because another one does.
    private static void KeepHistory(ModelBuilder builder)
    {
        foreach (var key in builder.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys()))
        {
            key.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

    private sealed class LengthConverter() : ValueConverter<TimeSpan, long>(
        length => (long)length.TotalMilliseconds,
        stored => TimeSpan.FromMilliseconds(stored));

    private sealed class AudienceConverter() : ValueConverter<Audience, string>(
        audience => JsonSerializer.Serialize(audience, JsonSerializerOptions.Default),
        stored => JsonSerializer.Deserialize<Audience>(stored, JsonSerializerOptions.Default)!);

    private sealed class QuietHoursConverter() : ValueConverter<QuietHours, string>(
        hours => hours.ToString(),
        stored => QuietHours.Parse(stored));
}
