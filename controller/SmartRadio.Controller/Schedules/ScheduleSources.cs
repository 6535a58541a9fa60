using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>Schedules name their bulletins, ended ones too.</summary>
internal sealed class ScheduleSources : IUseBulletins
{
    public IQueryable<long> Used(RadioDb db) => db.Schedules.Select(schedule => schedule.BulletinId);
}
