using System.Globalization;
using System.Text.Json;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Report;

/// <summary>Gathers rounds and prints medians side by side.</summary>
internal sealed class BenchmarkReport
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly List<(string Row, BrokerKind Broker, IReadOnlyList<(string Name, double Value)> Figures)> _rounds = [];
    private bool _headed;

    public void Add(IRow row, BrokerKind broker, IReadOnlyList<(string Name, double Value)> figures)
    {
        _rounds.Add((row.Name, broker, figures));
        Console.Error.WriteLine($"{row.Name} {broker}: {string.Join(", ", figures.Select(f => $"{f.Name} {Round(f.Value)}"))}");
    }

    public void Print(IRow row)
    {
        if (!_headed)
        {
            Console.WriteLine(Machine.Describe());
            Console.WriteLine("| row | figure | SmartRadio | mosquitto | ratio | aim |\n|---|---|---:|---:|---:|---|");
            _headed = true;
        }

        var aim = row.Aim;
        foreach (var name in _rounds.First(r => r.Row == row.Name).Figures.Select(f => f.Name))
        {
            var ours = Median(row.Name, BrokerKind.SmartRadio, name);
            var theirs = Median(row.Name, BrokerKind.Mosquitto, name);
            Console.WriteLine($"| {row.Name} | {name} | {Round(ours)} | {Round(theirs)} | {(theirs == 0 || double.IsNaN(theirs) ? "" : Round(ours / theirs))} | {aim} |");
            aim = "";
        }
    }

    public string ToJson() => JsonSerializer.Serialize(
        _rounds.Select(r => new { r.Row, Broker = r.Broker.ToString(), Figures = r.Figures.ToDictionary(f => f.Name, f => double.IsFinite(f.Value) ? f.Value : (double?)null) }),
        Readable);

    private double Median(string row, BrokerKind broker, string figure)
    {
        var values = _rounds.Where(r => r.Row == row && r.Broker == broker).Select(r => r.Figures.First(f => f.Name == figure).Value).Order().ToList();
        return values[values.Count / 2];
    }

    private static string Round(double value) => double.IsNaN(value) ? "" : value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
