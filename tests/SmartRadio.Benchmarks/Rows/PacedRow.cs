using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>Ten frames a second of 800 B to 10,000: live sound.</summary>
internal sealed class PacedRow : IRow
{
    private const int Listeners = 10_000;
    private const int Frames = 100;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    public string Name => "paced";

    public string Aim => "none lost, p99 ≤ 90 ms, CPU ≤ 0.4 ×";

    public IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker)
    {
        var frame = Wire311.Publish("s/1", 800);
        using var audience = Audience.Gather(broker.Port, Listeners, _ => "s/1");
        using var speaker = new Speaker(broker.Port);
        var sentAt = new long[Frames];
        var delays = new List<double>(Listeners * Frames);
        var allocated = broker.Allocated;
        var cpu = broker.Cpu;
        var start = Stopwatch.GetTimestamp();
        var speaking = Task.Run(() =>
        {
            for (var i = 0; i < Frames; i++)
            {
                var wait = (Period * i) - Stopwatch.GetElapsedTime(start);
                Thread.Sleep(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
                sentAt[i] = Stopwatch.GetTimestamp();
                speaker.Send(frame);
            }
        });
        var (came, lastAt) = audience.ReadUntil((long)Frames * Listeners, frame.Length, (_, number, now) => delays.Add(Figures.Milliseconds(sentAt[number], now)));
        speaking.Wait();
        var used = broker.Cpu - cpu;
        return
        [
            ("messages/s", came / Stopwatch.GetElapsedTime(start, lastAt).TotalSeconds),
            ("CPU µs/message", Figures.MicrosecondsEach(used, came)),
            ("p50 ms", Figures.Percentile(delays, 0.5)),
            ("p99 ms", Figures.Percentile(delays, 0.99)),
            ("allocated B/message", Figures.BytesEach(allocated, broker.Allocated, came)),
            ("lost", ((long)Frames * Listeners) - came),
        ];
    }
}
