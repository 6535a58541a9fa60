using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;

namespace SmartRadio.Controller.Storage;

/// <summary>Keys of nodes, runs of the controller, what was sent and what was rejected.</summary>
public sealed partial class RadioDb
{
    public DbSet<ControllerRun> Runs => Set<ControllerRun>();

    public DbSet<StoredSecret> NodeKeys => Set<StoredSecret>();

    public DbSet<NodeRotation> Rotations => Set<NodeRotation>();

    public DbSet<RejectedCount> Rejections => Set<RejectedCount>();

    public DbSet<DataUse> DataUses => Set<DataUse>();

    public DbSet<DataBudget> DataBudgets => Set<DataBudget>();

    private sealed class ControllerRunTable : IEntityTypeConfiguration<ControllerRun>
    {
        public void Configure(EntityTypeBuilder<ControllerRun> builder)
        {
            builder.Property(run => run.Id).ValueGeneratedNever();
        }
    }

    private sealed class NodeKeyTable : IEntityTypeConfiguration<StoredSecret>
    {
        public void Configure(EntityTypeBuilder<StoredSecret> builder)
        {
            builder.HasKey(key => key.NodeId);
        }
    }

    private sealed class NodeRotationTable : IEntityTypeConfiguration<NodeRotation>
    {
        public void Configure(EntityTypeBuilder<NodeRotation> builder)
        {
            builder.HasKey(rotation => rotation.NodeId);
            builder.HasOne<StoredSecret>().WithOne().HasForeignKey<NodeRotation>(rotation => rotation.NodeId);
        }
    }

    private sealed class RejectedCountTable : IEntityTypeConfiguration<RejectedCount>
    {
        public void Configure(EntityTypeBuilder<RejectedCount> builder)
        {
            builder.HasKey(count => new { count.NodeId, count.By, count.Reason });
        }
    }

    private sealed class DataUseTable : IEntityTypeConfiguration<DataUse>
    {
        public void Configure(EntityTypeBuilder<DataUse> builder)
        {
            builder.HasKey(use => new { use.NodeId, use.Month });
        }
    }

    private sealed class DataBudgetTable : IEntityTypeConfiguration<DataBudget>
    {
        public void Configure(EntityTypeBuilder<DataBudget> builder)
        {
            builder.HasKey(budget => budget.NodeId);
        }
    }
}
