using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>Entries about schedules that have made a broadcast for the areas.</summary>
internal sealed class AuditedSchedules : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Broadcasts.Where(
            broadcast => broadcast.ScheduleId != null && broadcast.Targets.Any(target => areas.Contains(target.AreaId)))
            .Select(broadcast => "schedule " + broadcast.ScheduleId);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
