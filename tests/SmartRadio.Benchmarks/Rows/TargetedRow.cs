using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>
/// 250 B to one of N nodes at random, on its own topic: commands. As many are under way as the controller's link allows.
/// </summary>
/// <param name="listeners">Nodes that are subscribed.</param>
/// <param name="spokenTo">How many of them anything is said to: few of many tell the cost of finding from that of cold
/// caches.</param>
internal sealed class TargetedRow(int listeners, int spokenTo) : IRow
{
    private const string Cpu = "CPU µs/message";
    private const int Payload = 250;
    private const int MessagesATurn = 32;
    private const int Turns = 3_000;

    public string Name => spokenTo == listeners ? $"targeted-{listeners}" : $"targeted-{spokenTo}-of-{listeners}";

    public IReadOnlyList<Aim> Aims { get; } =
    [
        .. listeners > 100 ? (Aim[])[Aim.AtMostTimes(Cpu, 1.5)] : [],
        .. listeners > 4_000 ? (Aim[])[Aim.AtMostTimesRow(Cpu, 1.5, "targeted-100")] : [],
        Aim.AtMost("lost", 0),
    ];

    public IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        var frames = Enumerable.Range(0, listeners).Select(i => Wire311.Publish(LoadNode.Command(i), Payload)).ToArray();
        var chance = new Random(1);
        var turns = Enumerable.Range(0, Turns)
            .Select(_ => Enumerable.Range(0, MessagesATurn).SelectMany(_ => frames[chance.Next(spokenTo)]).ToArray()).ToArray();
        using var audience = Arrival.Gather(broker.Port, listeners, LoadNode.Filters);
        using var speaker = new LoadPublisher(broker.Port);
        WarmUp.Repeat(() => Say());

        var rate = 0.0;
        var lost = 0L;
        var cpu = Statistics.CpuEach(broker, () =>
        {
            var (came, took) = Say();
            rate = came / took.TotalSeconds;
            lost = (Turns * MessagesATurn) - came;
            return came;
        });
        return [new("messages/s", rate), new(Cpu, cpu), new("lost", lost)];

        (long Came, TimeSpan Took) Say() =>
            ClosedLoop.Run(audience, frames[0].Length, Turns, MessagesATurn, turn => speaker.Send(turns[turn]));
    }
}
