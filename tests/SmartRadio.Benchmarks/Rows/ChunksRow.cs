using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Protocol;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>4 KB to each of 4,000 nodes on an object's topic, as fast as they arrive. At most 16 chunks are under way.</summary>
internal sealed class ChunksRow : IRow
{
    private const string Rate = "messages/s";
    private const string Cpu = "CPU µs/message";
    private const int Nodes = 4_000;
    private const int Payload = 4_096;
    private const int ChunksATurn = 8;
    private const int Turns = 10;

    public string Name => "chunks";

    public IReadOnlyList<Aim> Aims { get; } = [Aim.AtLeastTimes(Rate, 1.8), Aim.AtMostTimes(Cpu, 0.75), Aim.AtMost("lost", 0)];

    public IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        var topic = Topics.Object(LoadNode.Id(1));
        var chunk = Wire311.Publish(topic, Payload);
        using var audience = Arrival.Gather(broker.Port, Nodes, LoadNode.Hearing(topic));
        using var speaker = new LoadPublisher(broker.Port);
        WarmUp.Repeat(() => Say(turns: 2));

        var rate = 0.0;
        var lost = 0L;
        var cpu = Statistics.CpuEach(broker, () =>
        {
            var (came, took) = Say(Turns);
            rate = came / took.TotalSeconds;
            lost = ((long)Turns * ChunksATurn * Nodes) - came;
            return came;
        });
        return [new(Rate, rate), new(Cpu, cpu), new("lost", lost)];

        (long Came, TimeSpan Took) Say(int turns) => ClosedLoop.Run(audience, chunk.Length, turns, ChunksATurn * Nodes, _ =>
        {
            for (var i = 0; i < ChunksATurn; i++)
            {
                speaker.Send(chunk);
            }
        });
    }
}
