using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
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
            builder.HasOne<Bulletin>().WithMany().HasForeignKey(schedule => schedule.BulletinId);
            builder.HasMany<Broadcast>().WithOne().HasForeignKey(broadcast => broadcast.ScheduleId);
        }
    }
}
