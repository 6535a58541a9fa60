using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Storage;

/// <summary>Nodes and what they say of themselves.</summary>
public sealed partial class RadioDb
{
    public DbSet<Node> Nodes => Set<Node>();

    public DbSet<NodeStatus> NodeStatuses => Set<NodeStatus>();

    private sealed class NodeTable : IEntityTypeConfiguration<Node>
    {
        public void Configure(EntityTypeBuilder<Node> builder)
        {
            builder.HasOne<Area>().WithMany().HasForeignKey(node => node.AreaId);
            builder.Property(node => node.DayVolume).HasConversion<DayVolumeConverter>();
            // The link lies on a lower floor: that its rows belong to nodes is said here.
            builder.HasOne<StoredSecret>().WithOne().HasForeignKey<StoredSecret>(key => key.NodeId);
            builder.HasMany<DataUse>().WithOne().HasForeignKey(use => use.NodeId);
            builder.HasOne<DataBudget>().WithOne().HasForeignKey<DataBudget>(budget => budget.NodeId);
        }
    }

    private sealed class NodeStatusTable : IEntityTypeConfiguration<NodeStatus>
    {
        public void Configure(EntityTypeBuilder<NodeStatus> builder)
        {
            builder.HasKey(status => status.NodeId);
            // A node says it with every connection.
            builder.Ignore(status => status.LastFault);
            builder.HasOne<Node>().WithOne().HasForeignKey<NodeStatus>(status => status.NodeId);
            // The column keeps the name it was released with.
            builder.Property(status => status.Rejected).HasColumnName("Refused");
        }
    }
}
