using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Groups;

namespace SmartRadio.Controller.Storage;

/// <summary>Groups of nodes.</summary>
public sealed partial class RadioDb
{
    public DbSet<NodeGroup> Groups => Set<NodeGroup>();

    private sealed class NodeGroupTable : IEntityTypeConfiguration<NodeGroup>
    {
        public void Configure(EntityTypeBuilder<NodeGroup> builder)
        {
            builder.Property(group => group.Nodes).HasConversion(new JsonList<string>(), new ListComparer<string>());
            builder.HasOne<Area>().WithMany().HasForeignKey(group => group.AreaId);
        }
    }
}
