using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Controller.Storage;

/// <summary>Bulletins and what they are encoded to.</summary>
public sealed partial class RadioDb
{
    public DbSet<Bulletin> Bulletins => Set<Bulletin>();

    public DbSet<DeletedBulletin> DeletedBulletins => Set<DeletedBulletin>();

    public DbSet<SoundObject> Objects => Set<SoundObject>();

    private sealed class BulletinTable : IEntityTypeConfiguration<Bulletin>
    {
        public void Configure(EntityTypeBuilder<Bulletin> builder)
        {
            builder.HasOne<Area>().WithMany().HasForeignKey(bulletin => bulletin.AreaId);
            builder.HasIndex(bulletin => bulletin.PreviousId);
            builder.HasIndex(bulletin => bulletin.RootId);
            builder.HasMany(bulletin => bulletin.Parts).WithOne().HasForeignKey(part => part.BulletinId);
        }
    }

    private sealed class BulletinPartTable : IEntityTypeConfiguration<BulletinPart>
    {
        public void Configure(EntityTypeBuilder<BulletinPart> builder)
        {
            builder.ToTable("BulletinParts");
            builder.HasKey(part => new { part.BulletinId, part.Position });
            builder.HasOne<Bulletin>().WithMany().HasForeignKey(part => part.SourceId);
        }
    }

    private sealed class DeletedBulletinTable : IEntityTypeConfiguration<DeletedBulletin>
    {
        public void Configure(EntityTypeBuilder<DeletedBulletin> builder)
        {
            builder.Property(bulletin => bulletin.Id).ValueGeneratedNever();
            builder.HasOne<Area>().WithMany().HasForeignKey(bulletin => bulletin.AreaId);
        }
    }

    private sealed class SoundObjectTable : IEntityTypeConfiguration<SoundObject>
    {
        public void Configure(EntityTypeBuilder<SoundObject> builder)
        {
            // Bulletins of the same sound share one object, so its id alone does not tell the row.
            builder.HasKey(sound => new { sound.BulletinId, sound.Codec });
            builder.HasIndex(sound => sound.Id);
            builder.HasOne<Bulletin>().WithMany().HasForeignKey(sound => sound.BulletinId);
        }
    }
}
