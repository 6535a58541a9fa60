using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Storage;

/// <summary>Keys of programs that act as a person.</summary>
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
