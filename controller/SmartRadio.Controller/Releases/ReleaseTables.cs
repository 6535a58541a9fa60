using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Releases;

namespace SmartRadio.Controller.Storage;

/// <summary>Releases and rollouts.</summary>
public sealed partial class RadioDb
{
    public DbSet<Release> Releases => Set<Release>();

    public DbSet<Rollout> Rollouts => Set<Rollout>();

    public DbSet<RolloutNode> RolloutNodes => Set<RolloutNode>();

    private sealed class ReleaseTable : IEntityTypeConfiguration<Release>
    {
        public void Configure(EntityTypeBuilder<Release> builder)
        {
            builder.HasIndex(release => release.Version).IsUnique();
        }
    }

    private sealed class RolloutTable : IEntityTypeConfiguration<Rollout>
    {
        public void Configure(EntityTypeBuilder<Rollout> builder)
        {
            builder.HasOne<Release>().WithMany().HasForeignKey(rollout => rollout.ReleaseId);
            builder.HasMany(rollout => rollout.Nodes).WithOne().HasForeignKey(node => node.RolloutId);
        }
    }

    private sealed class RolloutNodeTable : IEntityTypeConfiguration<RolloutNode>
    {
        public void Configure(EntityTypeBuilder<RolloutNode> builder)
        {
            builder.HasKey(node => new { node.RolloutId, node.NodeId });
            builder.HasOne<Node>().WithMany().HasForeignKey(node => node.NodeId);
        }
    }
}
