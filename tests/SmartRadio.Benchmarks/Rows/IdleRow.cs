using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>What a connected, subscribed, silent client costs.</summary>
internal sealed class IdleRow : IRow
{
    private const int Listeners = 10_000;

    public string Name => "idle";

    public string Aim => "≤ 3 KB";

    public IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker)
    {
        // The first few pay for what is loaded once.
        using (Audience.Gather(broker.Port, 100, i => $"n/{i}/cmd"))
        {
            Thread.Sleep(500);
        }

        var before = broker.Memory;
        using var audience = Audience.Gather(broker.Port, Listeners, i => $"n/{i}/cmd");
        Thread.Sleep(5_000);
        return [("KB/connection", (broker.Memory - before) / 1024.0 / Listeners)];
    }
}
