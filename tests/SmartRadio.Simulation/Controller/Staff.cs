using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Controller;

/// <summary>
/// The people of the commune: they air, schedule, stop and change things at all hours, through the same commands as the web
/// pages.
/// </summary>
internal sealed class Staff(
    Agenda agenda, Headquarters house, SimulatedStudio studio, Chance chance, long commune, IReadOnlyList<long> hamlets,
    IReadOnlyList<string> nodes)
{
    private static readonly TimeSpan MeanPause = TimeSpan.FromHours(5);

    /// <summary>Between two times that somebody cares for one and the same node.</summary>
    private static readonly TimeSpan MeanCare = TimeSpan.FromDays(2.5);

    private readonly List<long> _bulletins = [studio.Record(2), studio.Record(4), studio.Record(5), studio.Record(6)];
    private readonly long _siren = studio.Record(12);

    /// <summary>While set, nobody does anything of their own accord.</summary>
    public bool IsIdle { get; set; }

    public void Begin()
    {
        Daily(new TimeOnly(5, 0), BroadcastClass.Normal, repeats: 1);
        Daily(new TimeOnly(17, 0), BroadcastClass.Priority, repeats: 2);
        Often(MeanPause, DoSomething);
        Often(MeanCare / nodes.Count, () => CareFor(chance.OneOf(nodes)));
        EveryEvening();
    }

    /// <summary>An emergency to everyone, now.</summary>
    public long Alert() => Air(_siren, BroadcastClass.Emergency, new Audience([commune], []), start: null, tolerance: null);

    public long AirNow() =>
        Air(chance.OneOf(_bulletins), BroadcastClass.Normal, new Audience([commune], []), start: null, tolerance: null);

    /// <summary>A bulletin to everyone, when the storm is over.</summary>
    public void AirLater() =>
        Air(Instant(agenda.Now) + chance.Between(TimeSpan.FromHours(1), TimeSpan.FromHours(2)), new Audience([commune], []));

    private static DateTimeOffset Instant(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private void Often(TimeSpan mean, Action what) => agenda.After(chance.Wait(mean), () =>
    {
        if (!IsIdle)
        {
            what();
        }

        Often(mean, what);
    });

    private void DoSomething()
    {
        switch (chance.Between(0, 100))
        {
            case < 25:
                AirNow();
                break;
            case < 60:
                Air(Later(TimeSpan.FromHours(20)), Audience());
                break;
            case < 67:
                Alert();
                break;
            case < 80:
                StopOne();
                break;
            case < 84:
                Interrupt();
                break;
            case < 88:
                Ask(run => run.Get<StopEverything>().HandleAsync(area: null, SimulatedStudio.Officer, CancellationToken.None));
                break;
            case < 95:
                ChangeRules();
                break;
            default:
                _bulletins[chance.Between(0, _bulletins.Count)] = studio.Record(chance.Between(2, 7));
                break;
        }
    }

    private BroadcastClass Class() => chance.Of(0.4) ? BroadcastClass.Priority : BroadcastClass.Normal;

    private Audience Audience() => chance.Of(0.4) ? new Audience([commune], []) : new Audience([chance.OneOf(hamlets)], []);

    private DateTimeOffset Later(TimeSpan latest) => Instant(agenda.Now) + chance.Spread(TimeSpan.FromMinutes(1), latest);

    private void Air(DateTimeOffset start, Audience audience) =>
        Air(chance.OneOf(_bulletins), Class(), audience, start, chance.Spread(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(4)));

    private void CareFor(string node)
    {
        switch (chance.Between(0, 100))
        {
            case < 30:
                Ask(run => run.Get<SendChime>().HandleAsync(node, SimulatedStudio.Officer, CancellationToken.None));
                break;
            case < 50:
                Ask(run => run.Get<SetVolume>()
                    .HandleAsync(new(node, chance.Between(1, 101)), SimulatedStudio.Officer, CancellationToken.None));
                break;
            case < 80:
                Ask(run => run.Get<RotateSecret>().HandleAsync(node, SimulatedStudio.Officer, CancellationToken.None));
                break;
            default:
                Air(Later(TimeSpan.FromHours(20)), new Audience([], [node]));
                break;
        }
    }

    /// <summary>An emergency cuts a bulletin that has just begun.</summary>
    private void Interrupt()
    {
        Air(_bulletins[^1], BroadcastClass.Priority, new Audience([commune], []), start: null, TimeSpan.FromMinutes(4));
        agenda.After(chance.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6)), () => Alert());
    }

    private void StopOne()
    {
        using var db = house.Open();
        var soon = Instant(agenda.Now).AddHours(3);
        var open = db.Broadcasts.Where(b => b.State == BroadcastState.Planned && b.Start < soon).OrderBy(b => b.Id)
            .Select(b => b.Id).ToList();
        if (open.Count > 0)
        {
            var id = chance.OneOf(open);
            Ask(run => run.Get<StopBroadcast>().HandleAsync(id, SimulatedStudio.Officer, CancellationToken.None));
        }
    }

    private void ChangeRules()
    {
        var quiet = chance.Between(0, 3) switch
        {
            0 => null,
            1 => new QuietHours(new TimeOnly(21, chance.Between(0, 60)), new TimeOnly(4, 50)),
            _ => new QuietHours(new TimeOnly(12, 0), new TimeOnly(13, chance.Between(0, 60))),
        };
        var minutes = chance.Of(0.5) ? chance.Between(1, 5) : (int?)null;
        // Drawn with the others: one more draw would make other worlds of all seeds.
        IReadOnlyList<VolumeStep>? volume =
            quiet is null ? null : [new(new TimeOnly(6, 0), 100), new(new TimeOnly(17, 0), 120), new(quiet.To, 50)];
        Ask(run => run.Get<SetAreaRules>().HandleAsync(
            new SetAreaRulesRequest(chance.OneOf(hamlets), quiet, minutes) { DayVolume = volume },
            SimulatedStudio.Officer, CancellationToken.None));
    }

    private DateOnly Today => DateOnly.FromDateTime(Instant(agenda.Now).ToOffset(TimeSpan.FromHours(7)).DateTime);

    private void Daily(TimeOnly at, BroadcastClass broadcastClass, int repeats) => Ask(run => run.Get<AddSchedule>().HandleAsync(
        new ScheduleRequest(
            _bulletins[0],
            broadcastClass,
            new Audience([commune], []),
            new RecurrenceRule(Recurrence.Daily, Today, [at])
            {
                Repeats = repeats,
                Distance = TimeSpan.FromSeconds(42),
            },
            TimeSpan.FromMinutes(2))
        {
            AllowsDouble = true,
        },
        SimulatedStudio.Officer,
        CancellationToken.None));

    /// <summary>
    /// Often the last bulletin of the day is cut by an emergency and would go on when quiet hours have begun: twelve seconds of
    /// siren, begun a few seconds before ten.
    /// </summary>
    private void EveryEvening()
    {
        var local = Instant(agenda.Now).ToOffset(TimeSpan.FromHours(7));
        var ten = new DateTimeOffset(local.Date.AddHours(22), local.Offset);
        agenda.At(ten.AddMinutes(-8).ToUnixTimeMilliseconds() * 1000, () =>
        {
            if (!IsIdle && chance.Of(0.5))
            {
                Air(_bulletins[^1], BroadcastClass.Priority, new Audience([hamlets[0]], []), ten.AddSeconds(-7),
                    TimeSpan.FromMinutes(2));
                agenda.At(ten.AddSeconds(-6).ToUnixTimeMilliseconds() * 1000, () => Alert());
            }
        });
        agenda.At(ten.AddHours(3).ToUnixTimeMilliseconds() * 1000, EveryEvening);
    }

    private long Air(long bulletin, BroadcastClass broadcastClass, Audience audience, DateTimeOffset? start, TimeSpan? tolerance)
    {
        long id = 0;
        Ask(async run => id = (await run.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin, broadcastClass, audience, start, tolerance), SimulatedStudio.Officer,
            CancellationToken.None)).Id);
        return id;
    }

    private void Ask(Func<SmartRadio.Simulation.Controller.SimulatedController, Task> ask)
    {
        if (house.Run is { } run)
        {
            run.Ask(() => ask(run));
        }
    }
}
