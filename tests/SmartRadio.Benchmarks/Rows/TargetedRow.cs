using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>5,000 messages of 200 B, each to one of N clients on its own topic: commands.</summary>
internal sealed class TargetedRow(int listeners) : IRow
{
    private const int Messages = 5_000;

    public string Name => $"targeted-{listeners}";

    public string Aim => "rate at 10,000 ≥ 0.9 × at 100, ≥ 0.6 ×";

    public IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker)
    {
        var frames = Enumerable.Range(0, listeners).Select(i => Wire311.Publish(Topic(i), 200)).ToArray();
        var burst = Enumerable.Range(0, Messages).SelectMany(i => frames[(int)((long)i * 7919 % listeners)]).ToArray();
        using var audience = Audience.Gather(broker.Port, listeners, Topic);
        using var speaker = new Speaker(broker.Port);

        // The first burst warms both brokers up; the second counts.
        speaker.Send(burst);
        audience.ReadUntil(Messages, frames[0].Length, (_, _, _) => { });
        var cpu = broker.Cpu;
        var start = Stopwatch.GetTimestamp();
        var speaking = Task.Run(() => speaker.Send(burst));
        var (came, lastAt) = audience.ReadUntil(Messages, frames[0].Length, (_, _, _) => { });
        speaking.Wait();
        return
        [
            ("messages/s", came / Stopwatch.GetElapsedTime(start, lastAt).TotalSeconds),
            ("CPU µs/message", Figures.MicrosecondsEach(broker.Cpu - cpu, came)),
            ("lost", Messages - came),
        ];

        // All of one length, so that all frames are.
        static string Topic(int listener) => $"n/{listener:D6}/cmd";
    }
}
