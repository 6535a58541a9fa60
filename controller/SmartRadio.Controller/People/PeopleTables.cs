using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Storage;

/// <summary>People are the users of ASP.NET Identity; these are their keys.</summary>
public sealed partial class RadioDb
{
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    private sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> builder)
        {
            builder.HasIndex(key => key.Hash).IsUnique();
            builder.HasOne<Person>().WithMany().HasForeignKey(key => key.PersonId);
        }
    }
}
