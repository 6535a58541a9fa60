using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Protocol;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>One reader stops reading while 76 MiB are offered to it and to 10 others.</summary>
internal sealed class StalledRow(byte quality) : IRow
{
    private const string Growth = "kept for it KB";
    private const string Lost = "lost by others";
    private const int Payload = 8_000;
    private const int MessagesATurn = 10;
    private const int Turns = 76 * 1024 * 1024 / Payload / MessagesATurn;
    private const int Listeners = 10;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);
    private static readonly string Topic = Topics.Object(LoadNode.Id(1));

    public string Name => $"stalled-qos{quality}";

    public IReadOnlyList<Aim> Aims { get; } = [Aim.AtMost(Growth, 300), Aim.AtMost(Lost, 0)];

    public IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        using var audience = Arrival.Gather(broker.Port, Listeners, LoadNode.Hearing(Topic));
        using var speaker = new LoadPublisher(broker.Port);
        Offer(audience, speaker);
        var without = Offer(audience, speaker);
        var before = broker.LiveBytes;

        // Subscribed and never read again.
        using var stalled = Arrival.Gather(broker.Port, 1, LoadNode.Hearing(Topic), "stalled");
        var with = Offer(audience, speaker);
        return
        [
            new(Growth, (broker.LiveBytes - before) / 1024.0),
            new(Lost, with.Lost),
            new("others' p99 ms", with.P99),
            new("the same without it", without.P99),
        ];
    }

    private (double P99, long Lost) Offer(LoadAudience audience, LoadPublisher speaker)
    {
        const long due = (long)Turns * MessagesATurn * Listeners;
        var sent = Wire311.Publish(Topic, Payload, quality);
        var sentAt = new long[Turns * MessagesATurn];
        var delays = new List<double>((int)due);
        var numbers = new int[Listeners];
        var came = PacedLoop.Run(audience, Wire311.Publish(Topic, Payload).Length, Turns, Period, due, Send, Arrived);
        return (Statistics.Percentile(delays, 0.99), due - came);

        void Send(int turn)
        {
            for (var i = 0; i < MessagesATurn; i++)
            {
                sentAt[(turn * MessagesATurn) + i] = Stopwatch.GetTimestamp();
                speaker.Send(sent);
            }

            speaker.Read(quality * MessagesATurn * 4);
        }

        void Arrived(int listener, byte last, long now) =>
            delays.Add(Stopwatch.GetElapsedTime(sentAt[numbers[listener]++], now).TotalMilliseconds);
    }
}
