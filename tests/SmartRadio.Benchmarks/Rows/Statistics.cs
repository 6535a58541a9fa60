using SmartRadio.Benchmarks.Brokers;

namespace SmartRadio.Benchmarks.Rows;

internal static class Statistics
{
    /// <param name="values">Are sorted by it.</param>
    /// <param name="share">From 0 to 1.</param>
    /// <returns>NaN of nothing.</returns>
    public static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    /// <summary>Processor time that a broker takes for some work, per message.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="work">Returns the number of messages.</param>
    /// <returns>Microseconds.</returns>
    public static double CpuEach(BrokerProcess broker, Func<long> work)
    {
        var before = broker.Costs.Cpu;
        var messages = work();
        return (broker.Costs.Cpu - before).TotalMicroseconds / messages;
    }
}
