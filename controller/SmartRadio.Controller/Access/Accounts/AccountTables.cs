using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Storage;

/// <summary>Links that were not used yet.</summary>
public sealed partial class RadioDb
{
    public DbSet<Invitation> Invitations => Set<Invitation>();

    private sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> builder)
        {
            builder.HasKey(invitation => invitation.PersonId);
            builder.HasIndex(invitation => invitation.Hash).IsUnique();
            builder.HasOne<Person>().WithOne().HasForeignKey<Invitation>(invitation => invitation.PersonId);
        }
    }
}
