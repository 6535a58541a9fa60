using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Protocol;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>
/// 4,000 nodes in turn publish 250 B; one reader with the controller's account hears all. At most 2,000 are under way.
/// </summary>
internal sealed class UpRow : IRow
{
    private const string Cpu = "CPU µs/message";
    private const int Nodes = 4_000;
    private const int Payload = 250;
    private const int MessagesATurn = 1_000;
    private const int Turns = 100;

    public string Name => "up";

    public IReadOnlyList<Aim> Aims { get; } = [Aim.AtMostTimes(Cpu, 1.2), Aim.AtMost("lost", 0)];

    public IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        var frames = Enumerable.Range(0, Nodes).Select(i => Wire311.Publish(Topics.Up(LoadNode.Id(i)), Payload)).ToArray();
        using var nodes = Arrival.Gather(broker.Port, Nodes, LoadNode.Filters);
        using var reader = Arrival.GatherController(broker.Port, Topics.AllUp);
        var next = 0;
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

        (long Came, TimeSpan Took) Say() => ClosedLoop.Run(reader, frames[0].Length, Turns, MessagesATurn, _ =>
        {
            for (var i = 0; i < MessagesATurn; i++, next = (next + 1) % Nodes)
            {
                nodes.Send(next, frames[next]);
            }
        });
    }
}
