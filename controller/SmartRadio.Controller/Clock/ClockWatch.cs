using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Clock;

/// <summary>Looks at the machine's clock also when nobody asks for the time, and tells pages and meters what it sees.</summary>
internal sealed class ClockWatch : BackgroundService, ILoadAtStart
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly GuardedTime _time;
    private readonly IDbContextFactory<RadioDb> _databases;
    private readonly Events _events;

    public ClockWatch(GuardedTime time, IDbContextFactory<RadioDb> databases, Events events, IMeterFactory factory)
    {
        (_time, _databases, _events) = (time, databases, events);
        factory.Create("SmartRadio.Clock").CreateObservableGauge(
            "smartradio.clock.ahead", () => _time.State.Ahead.TotalSeconds, "s",
            "The machine's clock before the program's; 0 unless it jumped");
    }

    /// <summary>
    /// The last entry of the audit log, not the latest: a clock that was wrong for a day does not make later ones look wrong.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        if (await db.Audit.OrderByDescending(row => row.Id).Select(row => (DateTimeOffset?)row.At)
            .FirstOrDefaultAsync(cancellationToken) is { } last)
        {
            _time.Passed(last);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        var trust = _time.State.Trust;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var seen = _time.State.Trust;
            if (seen != trust)
            {
                trust = seen;
                await _events.PublishAsync(new ClockChanged(), stoppingToken);
            }
        }
    }
}
