using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Storage;

/// <summary>Who holds which role where.</summary>
public sealed partial class RadioDb
{
    public DbSet<RoleGrant> Roles => Set<RoleGrant>();

    private sealed class RoleGrantTable : IEntityTypeConfiguration<RoleGrant>
    {
        public void Configure(EntityTypeBuilder<RoleGrant> builder)
        {
            builder.HasIndex(grant => new { grant.PersonId, grant.Role, grant.AreaId }).IsUnique();
            builder.HasOne<Person>().WithMany().HasForeignKey(grant => grant.PersonId);
            builder.HasOne<Area>().WithMany().HasForeignKey(grant => grant.AreaId);
        }
    }
}
