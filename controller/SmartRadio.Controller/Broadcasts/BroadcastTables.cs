using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Storage;

/// <summary>Broadcasts, their targets and the proof of what was heard.</summary>
public sealed partial class RadioDb
{
    public DbSet<Broadcast> Broadcasts => Set<Broadcast>();

    public DbSet<Target> Targets => Set<Target>();

    public DbSet<ReceiptRow> Receipts => Set<ReceiptRow>();

    private sealed class BroadcastTable : IEntityTypeConfiguration<Broadcast>
    {
        public void Configure(EntityTypeBuilder<Broadcast> builder)
        {
            builder.Property(broadcast => broadcast.Audience).HasConversion<AudienceConverter>();
            builder.HasOne<Bulletin>().WithMany().HasForeignKey(broadcast => broadcast.BulletinId);
            builder.HasMany(broadcast => broadcast.Targets).WithOne().HasForeignKey(target => target.BroadcastId);
            builder.HasIndex(broadcast => new { broadcast.State, broadcast.Start });
            // A day of it is read for every look at the home page.
            builder.HasIndex(broadcast => broadcast.Start);
            builder.HasIndex(broadcast => new { broadcast.ScheduleId, broadcast.Start }).IsUnique();
            builder.HasIndex(broadcast => new { broadcast.CreatedById, broadcast.CreatedAt });
        }
    }

    private sealed class TargetTable : IEntityTypeConfiguration<Target>
    {
        public void Configure(EntityTypeBuilder<Target> builder)
        {
            builder.HasKey(target => new { target.BroadcastId, target.NodeId });
            // Few targets are open and all of history is not: what is due and what is over are found among the few. And a new
            // broadcast touches few pages: an index of all targets by node would change in thousands of places.
            var open = string.Create(CultureInfo.InvariantCulture, $"State < {(int)TargetState.Played}");
            builder.HasIndex(target => target.NodeId).HasFilter(open);
            builder.HasIndex(target => target.BroadcastId, "IX_Targets_Open").HasFilter(open);
            builder.HasOne<Node>().WithMany().HasForeignKey(target => target.NodeId);
        }
    }

    private sealed class ReceiptRowTable : IEntityTypeConfiguration<ReceiptRow>
    {
        public void Configure(EntityTypeBuilder<ReceiptRow> builder)
        {
            builder.HasKey(receipt => new { receipt.NodeId, receipt.Number });
            builder.HasIndex(receipt => receipt.BroadcastId);
        }
    }

    internal sealed class AudienceConverter() : ValueConverter<Audience, string>(
        audience => JsonSerializer.Serialize(audience, JsonSerializerOptions.Default),
        stored => JsonSerializer.Deserialize<Audience>(stored, JsonSerializerOptions.Default)!);
}
