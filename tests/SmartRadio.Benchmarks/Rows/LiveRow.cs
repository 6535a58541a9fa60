using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Protocol;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>
/// Live sound: five frames a second of 1,600 B to all of N nodes for 16 seconds. What arrives after those is late for good.
/// </summary>
internal sealed class LiveRow(int listeners) : IRow
{
    private const string InTime = "in time/s";
    private const string Fairness = "worst node, × mean";
    private const int Payload = 1_600;
    private const int Frames = 80;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    public string Name => $"live-{listeners}";

    public IReadOnlyList<Aim> Aims { get; } = listeners > 4_000
        ? [Aim.AtLeastTimesOr(InTime, 1.9, Frames * listeners / (Frames * Period).TotalSeconds), Aim.AtLeast(Fairness, 0.8)]
        : [Aim.AtMost("p99 ms", 150), Aim.AtMost("lost", 0)];

    public IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        var topic = Topics.Stream(LoadNode.Id(1), CodecId.ULaw8);
        using var audience = Arrival.Gather(broker.Port, listeners, LoadNode.Hearing(topic));
        using var speaker = new LoadPublisher(broker.Port);
        WarmUp.Repeat(() => Say(speaker, audience, topic, 5));

        var heard = default(Heard)!;
        var cpu = Statistics.CpuEach(broker, () => (heard = Say(speaker, audience, topic, Frames)).Came);
        return
        [
            new(InTime, heard.Nodes.Sum() / (Frames * Period).TotalSeconds),
            new("CPU µs/message", cpu),
            new("p50 ms", Statistics.Percentile(heard.Delays, 0.5)),
            new("p99 ms", Statistics.Percentile(heard.Delays, 0.99)),
            new(Fairness, heard.Nodes.Min() / heard.Nodes.Average()),
            new("lost", ((long)Frames * listeners) - heard.Came),
        ];
    }

    private Heard Say(LoadPublisher speaker, LoadAudience audience, string topic, int frames)
    {
        var frame = Wire311.Publish(topic, Payload);
        var sentAt = new long[frames];
        var heard = new Heard(new int[listeners], new List<double>(frames * listeners));
        var end = Stopwatch.GetTimestamp() + (long)(frames * Period.TotalSeconds * Stopwatch.Frequency);
        heard.Came = PacedLoop.Run(audience, frame.Length, frames, Period, (long)frames * listeners, Send, Arrived);
        return heard;

        void Send(int number)
        {
            sentAt[number] = Stopwatch.GetTimestamp();
            speaker.Send(Wire311.Publish(topic, Payload, last: (byte)number));
        }

        void Arrived(int listener, byte number, long now)
        {
            heard.Delays.Add(Stopwatch.GetElapsedTime(sentAt[number], now).TotalMilliseconds);
            heard.Nodes[listener] += now <= end ? 1 : 0;
        }
    }

    /// <param name="Nodes">Frames in time at each node.</param>
    /// <param name="Delays">Milliseconds of each frame that came at all.</param>
    private sealed record Heard(int[] Nodes, List<double> Delays)
    {
        public long Came { get; set; }
    }
}
