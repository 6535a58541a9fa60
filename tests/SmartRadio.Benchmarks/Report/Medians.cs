using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Report;

/// <summary>The figures of all rounds.</summary>
internal sealed class Medians
{
    private readonly List<(string Row, BrokerKind Broker, IReadOnlyList<Figure> Figures)> _rounds = [];

    public IReadOnlyList<(string Row, BrokerKind Broker, IReadOnlyList<Figure> Figures)> Rounds => _rounds;

    public void Add(string row, BrokerKind broker, IReadOnlyList<Figure> figures) => _rounds.Add((row, broker, figures));

    /// <summary>Median of the embedded broker's rounds; NaN when there is none.</summary>
    public double Ours(string row, string figure) => Median(row, BrokerKind.SmartRadio, figure);

    /// <inheritdoc cref="Ours"/>
    public double Mosquittos(string row, string figure) => Median(row, BrokerKind.Mosquitto, figure);

    private double Median(string row, BrokerKind broker, string figure)
    {
        var values = _rounds.Where(round => round.Row == row && round.Broker == broker)
            .SelectMany(round => round.Figures).Where(each => each.Name == figure).Select(each => each.Value).ToList();
        return Statistics.Percentile(values, 0.5);
    }
}
