using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>5,000 messages of 200 B, each to one of N clients on its own topic: commands.</summary>
/// <param name="listeners">Clients that are subscribed.</param>
/// <param name="spokenTo">How many of them anything is said to: few of many tells the cost of finding from that of sending.</param>
internal sealed class TargetedRow(int listeners, int spokenTo) : IRow
{
    private const int Messages = 5_000;
    private const int Bursts = 11;

    public string Name => spokenTo == listeners ? $"targeted-{listeners}" : $"targeted-{spokenTo}-of-{listeners}";

    public string Aim => "rate at 10,000 ≥ 0.9 × at 100, ≥ 0.6 ×";

    public IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker)
    {
        var frames = Enumerable.Range(0, listeners).Select(i => Wire311.Publish(Topic(i), 200)).ToArray();
        var burst = Enumerable.Range(0, Messages).SelectMany(i => frames[(int)((long)i * 7919 % spokenTo)]).ToArray();
        using var audience = Audience.Gather(broker.Port, listeners, Topic);
        using var speaker = new Speaker(broker.Port);

        WarmUp.Repeat(() => Say(speaker, burst, audience, frames[0].Length));

        var cpu = broker.Cpu;
        var rates = new List<double>();
        long lost = 0;
        for (var i = 0; i < Bursts; i++)
        {
            var (came, took) = Say(speaker, burst, audience, frames[0].Length);
            rates.Add(came / took.TotalSeconds);
            lost += Messages - came;
        }

        var used = broker.Cpu - cpu;
        return
        [
            ("messages/s", Figures.Percentile(rates, 0.5)),
            ("CPU µs/message", Figures.MicrosecondsEach(used, (long)Bursts * Messages)),
            ("lost", lost),
        ];

        // All of one length, so that all frames are.
        static string Topic(int listener) => $"n/{listener:D6}/cmd";
    }

    private static (long Came, TimeSpan Took) Say(Speaker speaker, byte[] burst, Audience audience, int frameSize)
    {
        var start = Stopwatch.GetTimestamp();
        var speaking = Task.Run(() => speaker.Send(burst));
        var (came, lastAt) = audience.ReadUntil(Messages, frameSize, (_, _, _) => { });
        speaking.Wait();
        return (came, Stopwatch.GetElapsedTime(start, lastAt));
    }
}
