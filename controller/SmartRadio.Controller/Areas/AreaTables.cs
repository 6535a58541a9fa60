using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SmartRadio.Controller.Areas;

namespace SmartRadio.Controller.Storage;

/// <summary>Areas.</summary>
public sealed partial class RadioDb
{
    public DbSet<Area> Areas => Set<Area>();

    private sealed class AreaTable : IEntityTypeConfiguration<Area>
    {
        public void Configure(EntityTypeBuilder<Area> builder)
        {
            builder.HasIndex(area => new { area.Code, area.ValidFrom }).IsUnique();
            builder.HasIndex(area => new { area.ParentId, area.Look });
            builder.HasOne<Area>().WithMany().HasForeignKey(area => area.ParentId);
            builder.Property(area => area.QuietHours).HasConversion<QuietHoursConverter>();
            builder.Property(area => area.Languages).HasConversion<LanguageOrderConverter>();
            builder.Property(area => area.DayVolume).HasConversion<DayVolumeConverter>();
        }
    }

    private sealed class LanguageOrderConverter() : ValueConverter<LanguageOrder, string>(
        order => order.ToString(),
        stored => LanguageOrder.Parse(stored));

    private sealed class DayVolumeConverter() : ValueConverter<DayVolume, string>(
        volume => volume.ToString(),
        stored => DayVolume.Parse(stored));

    private sealed class QuietHoursConverter() : ValueConverter<QuietHours, string>(
        hours => hours.ToString(),
        stored => QuietHours.Parse(stored));
}
