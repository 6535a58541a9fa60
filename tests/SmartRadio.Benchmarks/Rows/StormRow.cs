using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>10,000 clients lose their connection and come back at once.</summary>
internal sealed class StormRow : IRow
{
    private const int Listeners = 10_000;

    public string Name => "storm";

    public string Aim => "all back, time ≤ 1 ×";

    public IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker)
    {
        var audience = Audience.Gather(broker.Port, Listeners, i => $"n/{i}/cmd");
        var cpu = broker.Cpu;
        var start = Stopwatch.GetTimestamp();
        audience.Dispose();
        using var again = Audience.Gather(broker.Port, Listeners, i => $"n/{i}/cmd", atOnce: true);
        return
        [
            ("seconds", Stopwatch.GetElapsedTime(start).TotalSeconds),
            ("back", again.Greeted),
            ("CPU µs/client", Figures.MicrosecondsEach(broker.Cpu - cpu, Listeners)),
        ];
    }
}
