using System.Globalization;
using System.Text.Json;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Report;

/// <summary>Gathers rounds and prints medians side by side, with the aims.</summary>
internal sealed class BenchmarkReport
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly Medians _medians = new();

    public void Add(IRow row, BrokerKind broker, IReadOnlyList<Figure> figures)
    {
        _medians.Add(row.Name, broker, figures);
        Console.Error.WriteLine(
            $"{row.Name} {broker}: {string.Join(", ", figures.Select(each => $"{each.Name} {Round(each.Value)}"))}");
    }

    /// <returns>True when every aim holds.</returns>
    public bool Print(IEnumerable<IRow> rows)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("| row | figure | SmartRadio | mosquitto | ratio | aim | met |\n|---|---|---:|---:|---:|---|---|");
        var isGood = true;
        foreach (var row in rows)
        {
            foreach (var name in _medians.Rounds.First(round => round.Row == row.Name).Figures.Select(each => each.Name))
            {
                var aims = row.Aims.Where(aim => aim.Figure == name).ToList();
                var missed = aims.Exists(aim => !aim.Holds(_medians, row.Name));
                isGood &= !missed;
                var (ours, theirs) = (_medians.Ours(row.Name, name), _medians.Mosquittos(row.Name, name));
                var ratio = theirs > 0 ? Round(ours / theirs) : "";
                var verdict = aims.Count == 0 ? "" : missed ? "**no**" : "yes";
                Console.WriteLine(
                    $"| {row.Name} | {name} | {Round(ours)} | {Round(theirs)} | {ratio} | {string.Join(", ", aims.Select(aim => aim.Text))} | {verdict} |");
            }
        }

        return isGood;
    }

    public string ToJson() => JsonSerializer.Serialize(
        _medians.Rounds.Select(round => new
        {
            round.Row,
            Broker = round.Broker.ToString(),
            Figures = round.Figures.ToDictionary(
                each => each.Name, each => double.IsFinite(each.Value) ? each.Value : (double?)null),
        }),
        Readable);

    private static string Round(double value) =>
        double.IsNaN(value) ? "" : value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
