using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Drafts;

namespace SmartRadio.Controller.Storage;

/// <summary>Texts that are being written.</summary>
public sealed partial class RadioDb
{
    public DbSet<TextDraft> Drafts => Set<TextDraft>();

    private sealed class TextDraftTable : IEntityTypeConfiguration<TextDraft>
    {
        public void Configure(EntityTypeBuilder<TextDraft> builder) =>
            builder.HasKey(draft => new { draft.PersonId, draft.Key });
    }
}
