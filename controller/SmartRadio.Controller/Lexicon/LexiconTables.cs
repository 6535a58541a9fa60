using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Lexicon;

namespace SmartRadio.Controller.Storage;

/// <summary>Words of areas.</summary>
public sealed partial class RadioDb
{
    public DbSet<LexiconWord> LexiconWords => Set<LexiconWord>();

    private sealed class LexiconWordTable : IEntityTypeConfiguration<LexiconWord>
    {
        public void Configure(EntityTypeBuilder<LexiconWord> builder)
        {
            // Databases take two rows without an area for different ones, so those of all together have an index of their own.
            builder.HasIndex(word => new { word.AreaId, word.Key }).IsUnique();
            builder.HasIndex(word => word.Key).IsUnique().HasFilter("\"AreaId\" IS NULL");
            builder.HasOne<Area>().WithMany().HasForeignKey(word => word.AreaId);
        }
    }
}
