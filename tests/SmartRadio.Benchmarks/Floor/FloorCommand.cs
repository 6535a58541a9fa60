using System.Diagnostics;
using System.Globalization;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Floor;

/// <summary>
/// What this machine takes for the work of the row <c>targeted</c> with no broker at all: one thread writes each message straight
/// to its receiver's socket. No broker that sends each message by itself can be faster than that.
/// </summary>
internal static class FloorCommand
{
    private const int Payload = 250;
    private const int Messages = 5_000;
    private const int Bursts = 21;

    /// <summary>Both ends of each connection are of this process, which may have 20,000 descriptors.</summary>
    private static readonly int[] Receivers = [100, 9_900];

    public static void Run()
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("| receivers | messages/s | µs a send |\n|---:|---:|---:|");
        foreach (var receivers in Receivers)
        {
            var (rate, send) = Measure(receivers);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {receivers:N0} | {rate:N0} | {send:0.00} |"));
        }
    }

    /// <returns>Medians of the bursts after the first three seconds.</returns>
    private static (double Rate, double Send) Measure(int receivers)
    {
        using var senders = new BareSenders(receivers);
        using var audience = Arrival.Gather(senders.Port, receivers, i => [LoadNode.Command(i)]);
        var message = Wire311.Publish(LoadNode.Command(0), Payload);
        WarmUp.Repeat(() => Burst());
        var rates = new List<double>();
        var sends = new List<double>();
        for (var i = 0; i < Bursts; i++)
        {
            var (took, sending) = Burst();
            rates.Add(Messages / took.TotalSeconds);
            sends.Add(sending.TotalMicroseconds / Messages);
        }

        return (Statistics.Percentile(rates, 0.5), Statistics.Percentile(sends, 0.5));

        (TimeSpan Took, TimeSpan Sending) Burst()
        {
            var start = Stopwatch.GetTimestamp();
            var speaking = Task.Run(() =>
            {
                for (var i = 0; i < Messages; i++)
                {
                    senders.Send((int)((long)i * 7919 % receivers), message);
                }

                return Stopwatch.GetElapsedTime(start);
            });
            audience.ReadUntil(Messages, message.Length);
            return (Stopwatch.GetElapsedTime(start), speaking.Result);
        }
    }
}
