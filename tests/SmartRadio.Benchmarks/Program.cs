using System.Globalization;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Demo;
using SmartRadio.Benchmarks.Floor;
using SmartRadio.Benchmarks.Outage;
using SmartRadio.Benchmarks.Pages;
using SmartRadio.Benchmarks.Prefetch;
using SmartRadio.Benchmarks.Pressure;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;
using SmartRadio.Benchmarks.Skew;
using SmartRadio.Benchmarks.Snapcast;
using SmartRadio.Benchmarks.Soak;
using SmartRadio.Benchmarks.Sound;
using SmartRadio.Benchmarks.Targets;

if (args is ["broker", ..])
{
    return await BareBroker.RunAsync(Number("--port", 1883));
}

if (args is ["soak", ..])
{
    return await SoakCommand.RunAsync(
        TimeSpan.FromMinutes(double.Parse(Value("--minutes") ?? "10", CultureInfo.InvariantCulture)));
}

if (args is ["demo", ..])
{
    return await DemoCommand.RunAsync(Number("--nodes", 4_000), Value("--broker"));
}

if (args is ["floor", ..])
{
    FloorCommand.Run();
    return 0;
}

if (args is ["skew", ..])
{
    await SnapcastPeer.RunAsync(Number("--jitter", 100), Number("--minutes", 5));
    return SkewCommand.Run(Number("--seeds", 10), Number("--jitter", 100));
}

if (args is ["prefetch", ..])
{
    return PrefetchCommand.Run(Number("--nodes", 1000), Number("--seconds", 900), Number("--seed", 1));
}

if (args is ["outage", ..])
{
    return OutageCommand.Run(Number("--nodes", 1000), Number("--minutes", 10), Number("--seed", 1));
}

if (args is ["targets", ..])
{
    return await TargetsCommand.RunAsync(Number("--nodes", 4_000), Number("--rounds", 20));
}

if (args is ["pressure", ..])
{
    return await PressureCommand.RunAsync(
        Number("--nodes", 200), Number("--streams", 2_000), Number("--pages", 200), Number("--rounds", 5));
}

if (args is ["pages", ..])
{
    return await PagesCommand.RunAsync(Number("--nodes", 1000), Number("--rounds", 5));
}

if (args is ["encode", ..])
{
    return await EncodeCommand.RunAsync(Number("--minutes", 20), Number("--rounds", 3));
}

if (args is ["heard", ..])
{
    return await HeardCommand.RunAsync();
}

const string help = """
    benchmarks all|ROW... [--rounds N] [--json FILE]
    benchmarks demo [--nodes N] [--broker embedded|mosquitto]
    benchmarks soak [--minutes N]
    benchmarks broker [--port N]
    benchmarks floor
    benchmarks skew [--seeds N] [--jitter MS] [--minutes N]
    benchmarks prefetch [--nodes N] [--seconds N] [--seed N]
    benchmarks targets [--nodes N] [--rounds N]
    benchmarks pressure [--nodes N] [--streams N] [--pages N] [--rounds N]
    benchmarks pages [--nodes N] [--rounds N]
    benchmarks outage [--nodes N] [--minutes N] [--seed N]
    benchmarks encode [--minutes N] [--rounds N]
    benchmarks heard
    """;
var wanted = args.TakeWhile(word => !word.StartsWith('-')).ToList();
if (wanted.Count == 0 || wanted.Exists(word => word != "all" && !IRow.All.Any(row => IsMeant(row, word))))
{
    Console.Error.WriteLine($"{help}\nrows: {string.Join(", ", IRow.All.Select(row => row.Name))}");
    return 2;
}

var rounds = Number("--rounds", 3);
var rows = IRow.All.Where(row => wanted.Exists(word => word == "all" || IsMeant(row, word))).ToList();
var report = new BenchmarkReport();
foreach (var row in rows)
{
    for (var round = 0; round < rounds; round++)
    {
        // Alternating, so that a disturbance of the machine meets both.
        foreach (var kind in Enum.GetValues<BrokerKind>())
        {
            await using var broker = await BrokerProcess.StartAsync(kind);
            report.Add(row, kind, row.Run(broker));
        }
    }
}

if (Value("--json") is { } file)
{
    await File.WriteAllTextAsync(file, report.ToJson());
}

return report.Print(rows) ? 0 : 1;

// "targeted" is all three of them, "targeted-100" only that one.
static bool IsMeant(IRow row, string word) => row.Name == word || row.Name.StartsWith(word + '-', StringComparison.Ordinal);

string? Value(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

int Number(string name, int usual) =>
    int.Parse(Value(name) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
