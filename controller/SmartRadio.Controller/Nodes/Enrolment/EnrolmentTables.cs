using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;

namespace SmartRadio.Controller.Storage;

/// <summary>Codes by which devices become nodes.</summary>
public sealed partial class RadioDb
{
    public DbSet<EnrolmentCode> EnrolmentCodes => Set<EnrolmentCode>();

    private sealed class EnrolmentCodeTable : IEntityTypeConfiguration<EnrolmentCode>
    {
        public void Configure(EntityTypeBuilder<EnrolmentCode> builder)
        {
            builder.HasIndex(code => code.Hash).IsUnique();
            builder.HasOne<Node>().WithMany().HasForeignKey(code => code.NodeId);
        }
    }
}
