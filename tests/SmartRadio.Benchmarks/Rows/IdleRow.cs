using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>
/// What a connected, subscribed, silent client costs. The kernel's share is not in a process's memory and not counted.
/// </summary>
internal sealed class IdleRow : IRow
{
    private const string Each = "KB/connection";
    private const int Listeners = 10_000;

    /// <summary>A collector gives back memory a while after the rush.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public string Name => "idle";

    public IReadOnlyList<Aim> Aims { get; } = [Aim.AtMost(Each, 17)];

    public IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        // The first few pay for what is loaded once.
        using (Arrival.Gather(broker.Port, 100, LoadNode.Filters))
        {
            Thread.Sleep(500);
        }

        var live = broker.LiveBytes;
        var before = broker.Costs.ProportionalBytes;
        using var audience = Arrival.Gather(broker.Port, Listeners, LoadNode.Filters);
        Thread.Sleep(Rest);
        var after = broker.Costs.ProportionalBytes;
        return [new(Each, Kilobytes(after - before)), new("of it live KB", Kilobytes(broker.LiveBytes - live))];
    }

    private static double Kilobytes(long bytes) => bytes / 1024.0 / Listeners;
}
