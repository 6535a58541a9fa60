using System.Globalization;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Floor;
using SmartRadio.Benchmarks.Outage;
using SmartRadio.Benchmarks.Prefetch;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;
using SmartRadio.Benchmarks.Skew;
using SmartRadio.Benchmarks.Snapcast;
using SmartRadio.Benchmarks.Soak;

if (args is ["broker", ..])
{
    return await BareBroker.RunAsync(Number("--port", 1883), Value("--store"));
}

if (args is ["soak", ..])
{
    return await SoakCommand.RunAsync(TimeSpan.FromMinutes(double.Parse(Value("--minutes") ?? "10", CultureInfo.InvariantCulture)));
}

if (args is ["floor", ..])
{
    FloorCommand.Run();
    return 0;
}

if (args is ["skew", ..])
{
    SkewCommand.Run(Number("--seeds", 10), Number("--jitter", 100));
    await SnapcastPeer.RunAsync(Number("--jitter", 100), Number("--minutes", 5));
    return 0;
}

if (args is ["prefetch", ..])
{
    return PrefetchCommand.Run(Number("--nodes", 1000), Number("--seconds", 900), Number("--seed", 1));
}

if (args is ["outage", ..])
{
    return OutageCommand.Run(Number("--nodes", 1000), Number("--minutes", 10), Number("--seed", 1));
}

var rounds = Number("--rounds", 3);
var wanted = args.Where(a => IRow.All.Any(r => IsMeant(r, a))).ToList();
var rows = IRow.All.Where(r => wanted.Count == 0 || wanted.Exists(w => IsMeant(r, w))).ToList();
if (args.Contains("--help"))
{
    Console.WriteLine("benchmarks [ROW...] [--rounds N] [--json FILE] [--store FILE]\nbenchmarks broker [--port N] [--store FILE]\nbenchmarks soak [--minutes N]\nbenchmarks floor\nbenchmarks skew [--seeds N] [--jitter MS] [--minutes N]\nbenchmarks prefetch [--nodes N] [--seconds N] [--seed N]\nbenchmarks outage [--nodes N] [--minutes N] [--seed N]\nrows: " + string.Join(", ", IRow.All.Select(r => r.Name)));
    return 0;
}

if (args is [var first, ..] && wanted.Count == 0 && !first.StartsWith('-'))
{
    Console.Error.WriteLine($"There is no row or command '{first}'; --help lists them.");
    return 2;
}

var report = new BenchmarkReport();
foreach (var row in rows)
{
    for (var round = 0; round < rounds; round++)
    {
        // Alternating, so that a disturbance of the machine meets both.
        foreach (var kind in Enum.GetValues<BrokerKind>())
        {
            await using var broker = await BrokerProcess.StartAsync(kind, kind == BrokerKind.SmartRadio ? Value("--store") : null);
            report.Add(row, kind, row.Run(broker));
        }
    }

    report.Print(row);
}

if (Value("--json") is { } file)
{
    await File.WriteAllTextAsync(file, report.ToJson());
}

return 0;

// "fanout" is all three of them, "fanout-1000" only that one.
static bool IsMeant(IRow row, string word) => row.Name == word || row.Name.StartsWith(word + '-', StringComparison.Ordinal);

string? Value(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

int Number(string name, int usual) => int.Parse(Value(name) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
