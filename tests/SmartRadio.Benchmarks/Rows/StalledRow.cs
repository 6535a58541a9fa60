using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>One reader stops while 76 MiB are offered to it and to 10 others.</summary>
internal sealed class StalledRow(byte quality) : IRow
{
    private const int Payload = 8_000;
    private const int Messages = 76 * 1024 * 1024 / Payload;
    private const int Listeners = 10;
    private const int PerTick = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    public string Name => $"stalled-qos{quality}";

    public string Aim => "grows ≤ 8 MiB, others' p99 ≤ 1.1 × of theirs without it";

    public IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker)
    {
        using var audience = Audience.Gather(broker.Port, Listeners, _ => "s/1");
        using var speaker = new Speaker(broker.Port);
        Offer(broker, audience, speaker);
        var without = Offer(broker, audience, speaker);
        var before = broker.Memory;

        // Subscribed and never read again.
        using var stalled = Audience.Gather(broker.Port, 1, _ => "s/1", quality, "stalled");
        var with = Offer(broker, audience, speaker);
        return
        [
            ("growth MiB", (with.PeakMemory - before) / 1024.0 / 1024.0),
            ("others' p99 ms", with.P99),
            ("others' p99 × without", with.P99 / without.P99),
            ("CPU µs/message", with.Cpu),
            ("lost by others", with.Lost),
        ];
    }

    private (double P99, long PeakMemory, double Cpu, long Lost) Offer(BrokerProcess broker, Audience audience, Speaker speaker)
    {
        var sent = Wire311.Publish("s/1", Payload, quality);
        var frame = Wire311.Publish("s/1", Payload);
        var sentAt = new long[Messages];
        var delays = new List<double>(Messages * Listeners);
        var peak = 0L;
        var numbers = new int[Listeners];
        var cpu = broker.Cpu;
        var start = Stopwatch.GetTimestamp();
        var speaking = Task.Run(() =>
        {
            for (var i = 0; i < Messages; i++)
            {
                if (i % PerTick == 0)
                {
                    var wait = (Tick * (i / PerTick)) - Stopwatch.GetElapsedTime(start);
                    Thread.Sleep(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
                    peak = i % 500 == 0 ? Math.Max(peak, broker.Memory) : peak;
                }

                sentAt[i] = Stopwatch.GetTimestamp();
                speaker.Send(sent);
                if (quality > 0)
                {
                    speaker.Read(4);
                }
            }
        });
        var (came, _) = audience.ReadUntil((long)Messages * Listeners, frame.Length, (listener, _, now) => delays.Add(Figures.Milliseconds(sentAt[numbers[listener]++], now)));
        speaking.Wait();
        peak = Math.Max(peak, broker.Memory);
        return (Figures.Percentile(delays, 0.99), peak, Figures.MicrosecondsEach(broker.Cpu - cpu, came), ((long)Messages * Listeners) - came);
    }
}
