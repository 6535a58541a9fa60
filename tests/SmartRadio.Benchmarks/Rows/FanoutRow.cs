using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>30 frames of 8,000 B to everybody, as fast as possible.</summary>
internal sealed class FanoutRow(int listeners) : IRow
{
    private const int Frames = 30;

    /// <summary>A burst to few is over before it can be measured well: the figures are medians of so many that they come to this.</summary>
    private const int MeasuredMessages = 600_000;

    public string Name => $"fanout-{listeners}";

    public string Aim => $"msg/s ≥ {(listeners >= 5_000 ? 5 : 3)} ×, CPU ≤ 0.25 ×, first-frame p99 ≤ 1 ×";

    public IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker)
    {
        var frame = Wire311.Publish("s/1", 8_000);
        using var audience = Audience.Gather(broker.Port, listeners, _ => "s/1");
        using var speaker = new Speaker(broker.Port);

        var spoken = 0;
        WarmUp.Repeat(() => Say());

        var rates = new List<double>();
        var first = new List<double>();
        var bursts = Math.Max(1, MeasuredMessages / (Frames * listeners));
        var allocated = broker.Allocated;
        var cpu = broker.Cpu;
        long came = 0;
        for (var i = 0; i < bursts; i++)
        {
            var burst = Say();
            rates.Add(burst.Came / burst.Took.TotalSeconds);
            first.Add(Figures.Percentile(burst.First, 0.99));
            came += burst.Came;
        }

        var used = broker.Cpu - cpu;
        return
        [
            ("messages/s", Figures.Percentile(rates, 0.5)),
            ("CPU µs/message", Figures.MicrosecondsEach(used, came)),
            ("first frame p99 ms", Figures.Percentile(first, 0.5)),
            ("allocated B/message", Figures.BytesEach(allocated, broker.Allocated, came)),
            ("lost", ((long)bursts * Frames * listeners) - came),
        ];

        (long Came, TimeSpan Took, List<double> First) Say()
        {
            var burst = Burst(speaker, audience, frame, spoken);
            spoken += Frames;
            return burst;
        }
    }

    private (long Came, TimeSpan Took, List<double> First) Burst(Speaker speaker, Audience audience, byte[] frame, int spokenBefore)
    {
        var first = new List<double>(listeners);
        var start = Stopwatch.GetTimestamp();
        var speaking = Task.Run(() =>
        {
            for (var i = 0; i < Frames; i++)
            {
                speaker.Send(frame);
            }
        });
        var (came, lastAt) = audience.ReadUntil((long)Frames * listeners, frame.Length, (_, number, now) =>
        {
            if (number == spokenBefore)
            {
                first.Add(Figures.Milliseconds(start, now));
            }
        });
        speaking.Wait();
        return (came, Stopwatch.GetElapsedTime(start, lastAt), first);
    }
}
