using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Storage;

/// <summary>What residents say, and where they may say it without an account.</summary>
public sealed partial class RadioDb
{
    public DbSet<Complaint> Complaints => Set<Complaint>();

    public DbSet<PublicForm> PublicForms => Set<PublicForm>();

    public DbSet<ComplaintAddress> ComplaintAddresses => Set<ComplaintAddress>();

    private sealed class ComplaintTable : IEntityTypeConfiguration<Complaint>
    {
        public void Configure(EntityTypeBuilder<Complaint> builder)
        {
            builder.HasOne<Node>().WithMany().HasForeignKey(complaint => complaint.NodeId);
            builder.HasOne<Area>().WithMany().HasForeignKey(complaint => complaint.AreaId);
            builder.HasIndex(complaint => complaint.RequestKey).IsUnique();
        }
    }

    private sealed class PublicFormTable : IEntityTypeConfiguration<PublicForm>
    {
        public void Configure(EntityTypeBuilder<PublicForm> builder)
        {
            builder.HasKey(form => form.AreaId);
            builder.HasOne<Area>().WithOne().HasForeignKey<PublicForm>(form => form.AreaId);
        }
    }

    private sealed class ComplaintAddressTable : IEntityTypeConfiguration<ComplaintAddress>
    {
        public void Configure(EntityTypeBuilder<ComplaintAddress> builder)
        {
            builder.HasKey(address => address.NodeId);
            builder.HasOne<Node>().WithOne().HasForeignKey<ComplaintAddress>(address => address.NodeId);
            builder.HasIndex(address => address.Token).IsUnique();
        }
    }
}
