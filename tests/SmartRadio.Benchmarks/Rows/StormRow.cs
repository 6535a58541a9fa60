using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>10,000 clients lose their connection and come back at once.</summary>
internal sealed class StormRow : IRow
{
    private const int Listeners = 10_000;

    public string Name => "storm";

    public IReadOnlyList<Aim> Aims { get; } = [Aim.AtMostTimes("seconds", 1), Aim.AtLeast("back", Listeners)];

    public IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        Arrival.Gather(broker.Port, Listeners, LoadNode.Filters).Dispose();
        var seconds = 0.0;
        var back = 0L;
        var cpu = Statistics.CpuEach(broker, () =>
        {
            var start = Stopwatch.GetTimestamp();
            using var again = Arrival.GatherAtOnce(broker.Port, Listeners, LoadNode.Filters, out back);
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return back;
        });
        return [new("seconds", seconds), new("back", back), new("CPU µs/client", cpu)];
    }
}
