using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>250 B to one of N nodes at random, on its own topic: commands. A thousand messages are under way at most.</summary>
internal sealed class TargetedRow(int listeners) : IRow
{
    private const string Cpu = "CPU µs/message";
    private const int Payload = 250;
    private const int MessagesATurn = 500;
    private const int Turns = 200;

    public string Name => $"targeted-{listeners}";

    public IReadOnlyList<Aim> Aims { get; } =
    [
        .. listeners > 100 ? (Aim[])[Aim.AtMostTimes(Cpu, 1.5)] : [],
        .. listeners == 10_000 ? (Aim[])[Aim.AtMostTimesRow(Cpu, 1.5, "targeted-100")] : [],
        Aim.AtMost("lost", 0),
    ];

    public IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        var frames = Enumerable.Range(0, listeners).Select(i => Wire311.Publish(LoadNode.Command(i), Payload)).ToArray();
        var chance = new Random(1);
        var turns = Enumerable.Range(0, Turns).Select(_ => Enumerable.Range(0, MessagesATurn).SelectMany(_ => frames[chance.Next(listeners)]).ToArray()).ToArray();
        using var audience = Arrival.Gather(broker.Port, listeners, LoadNode.Filters);
        using var speaker = new Speaker(broker.Port);
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

        (long Came, TimeSpan Took) Say() => ClosedLoop.Run(audience, frames[0].Length, Turns, MessagesATurn, turn => speaker.Send(turns[turn]));
    }
}
