using System.Diagnostics.Metrics;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Web.Tls;

/// <summary>
/// Counts TLS handshakes that failed, and says their number in the log, once a minute at most: a port scan must not fill it.
/// </summary>
internal sealed class TlsFailures : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly ILogger<TlsFailures> _logger;
    private readonly EmbeddedBroker? _embedded;
    private readonly Counter<long> _counter;
    private long _pages;
    private (long Pages, long Broker) _told;

    public TlsFailures(IMeterFactory meters, TimeProvider time, ILogger<TlsFailures> logger, EmbeddedBroker? embedded = null)
    {
        _time = time;
        _logger = logger;
        _embedded = embedded;
        _counter = meters.Create("SmartRadio.Web").CreateCounter<long>(
            "smartradio.web.tls.failures", "{handshake}", "TLS handshakes that failed at the pages' port.");
    }

    /// <summary>Failed handshakes since the start, at the pages' port and at the broker's.</summary>
    public (long Pages, long Broker) Counted => (Interlocked.Read(ref _pages), _embedded?.Metrics.TlsFailures ?? 0);

    /// <summary>A handshake failed at the pages' port.</summary>
    public void Count()
    {
        Interlocked.Increment(ref _pages);
        _counter.Add(1);
    }

    /// <summary>Says what was counted since the last call, if anything.</summary>
    public void Tell()
    {
        var counted = Counted;
        var (pages, broker) = (counted.Pages - _told.Pages, counted.Broker - _told.Broker);
        if (pages + broker > 0)
        {
            _logger.LogInformation(
                "{Times} TLS handshakes failed: {Pages} at the pages, {Broker} at the broker", pages + broker, pages, broker);
        }

        _told = counted;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Tell();
            }
        }
        catch (OperationCanceledException)
        {
            Tell();
        }
    }
}
