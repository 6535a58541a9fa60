using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>30 frames of 8,000 B to everybody, as fast as possible.</summary>
internal sealed class FanoutRow(int listeners) : IRow
{
    private const int Frames = 30;
    private const int WarmUp = 10;

    public string Name => $"fanout-{listeners}";

    public string Aim => $"msg/s ≥ {(listeners >= 5_000 ? 5 : 3)} ×, CPU ≤ 0.25 ×, first-frame p99 ≤ 1 ×";

    public IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker)
    {
        var frame = Wire311.Publish("s/1", 8_000);
        using var audience = Audience.Gather(broker.Port, listeners, _ => "s/1");
        using var speaker = new Speaker(broker.Port);
        var first = new List<double>(listeners);

        // A broker runs for months: its first second is not what is asked here.
        for (var i = 0; i < WarmUp; i++)
        {
            speaker.Send(frame);
        }

        audience.ReadUntil((long)WarmUp * listeners, frame.Length, (_, _, _) => { });
        var allocated = broker.Allocated;
        var cpu = broker.Cpu;
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
            if (number == WarmUp)
            {
                first.Add(Figures.Milliseconds(start, now));
            }
        });
        speaking.Wait();
        var used = broker.Cpu - cpu;
        return
        [
            ("messages/s", came / Stopwatch.GetElapsedTime(start, lastAt).TotalSeconds),
            ("CPU µs/message", Figures.MicrosecondsEach(used, came)),
            ("first frame p99 ms", Figures.Percentile(first, 0.99)),
            ("allocated B/message", Figures.BytesEach(allocated, broker.Allocated, came)),
            ("lost", ((long)Frames * listeners) - came),
        ];
    }
}
