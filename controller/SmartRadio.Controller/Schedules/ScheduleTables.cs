using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Storage;

/// <summary>Schedules.</summary>
public sealed partial class RadioDb
{
    public DbSet<Schedule> Schedules => Set<Schedule>();

    private sealed class ScheduleTable : IEntityTypeConfiguration<Schedule>
    {
        public void Configure(EntityTypeBuilder<Schedule> builder)
        {
            builder.Property(schedule => schedule.Audience).HasConversion<AudienceConverter>();
            builder.Property(schedule => schedule.Times).HasConversion(new JsonList<TimeOnly>(), new ListComparer<TimeOnly>());
            builder.Property(schedule => schedule.Pauses)
                .HasConversion(new JsonList<SchedulePause>(), new ListComparer<SchedulePause>());
            builder.HasIndex(schedule => schedule.SeriesId);
            builder.HasOne<Bulletin>().WithMany().HasForeignKey(schedule => schedule.BulletinId);
            builder.HasMany<Broadcast>().WithOne().HasForeignKey(broadcast => broadcast.ScheduleId);
        }
    }

    /// <summary>A short list that is stored as the text of a JSON array.</summary>
    private sealed class JsonList<T>() : ValueConverter<IReadOnlyList<T>, string>(
        list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
        stored => JsonSerializer.Deserialize<List<T>>(stored, JsonSerializerOptions.Default)!);

    private sealed class ListComparer<T>() : ValueComparer<IReadOnlyList<T>>(
        (one, other) => one!.SequenceEqual(other!),
        list => list.Aggregate(0, (hash, each) => HashCode.Combine(hash, each)),
        list => list.ToList());
}
