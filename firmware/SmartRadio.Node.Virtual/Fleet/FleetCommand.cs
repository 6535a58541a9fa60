using System.CommandLine;
using Microsoft.Extensions.Logging;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Faults;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>smartradio-node fleet: many nodes in one process; smartradio-node run: the one that was enrolled into a folder.</summary>
internal static class FleetCommand
{
    /// <summary>More nodes than this share one copy of each sound in memory and record nothing, unless asked to.</summary>
    private const int Many = 500;

    public static Command Create()
    {
        var options = new FleetOptions();
        var nodes = new Option<string>("--nodes") { Description = "JSON file with the broker and each node's id, name and secret.", Required = true };
        var data = new Option<string>("--data") { Description = "Folder for recordings and the nodes' storage.", Required = true };
        var count = new Option<int?>("--count") { Description = "Run so many of the file's nodes, the first ones." };
        var record = new Option<bool?>("--record") { Description = $"Whether what each node plays goes to DATA/NODEID.wav; by default when there are at most {Many} nodes." };
        var command = new Command("fleet", "Run virtual loudspeaker nodes, and say in the end what they heard.") { nodes, data, count, record };
        options.AddTo(command);
        command.SetAction((result, cancel) => RunAsync(
            result.GetRequiredValue(nodes), result.GetRequiredValue(data), result.GetValue(count), result.GetValue(record), options, result, cancel));
        return command;
    }

    public static Command CreateRun()
    {
        var options = new FleetOptions();
        var data = new Option<string>("--data") { Description = "The folder of smartradio-node enrol.", Required = true };
        var command = new Command("run", "Run the node of an earlier enrol; what it plays goes to DATA/NODEID.wav.") { data };
        options.AddTo(command);
        command.SetAction((result, cancel) => RunAsync(
            NodeFile.In(result.GetRequiredValue(data)), result.GetRequiredValue(data), count: null, record: true, options, result, cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        string nodesPath, string folder, int? count, bool? record, FleetOptions options, ParseResult result, CancellationToken cancel)
    {
        var file = FleetFile.Read(nodesPath);
        var nodes = count is null ? file.Nodes : file.First(count.Value);
        var faults = options.FaultsOf(result);
        CreateFolder(folder);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(format => format.SingleLine = true));
        var setting = new FleetSetting(options.BrokerOf(result, file.Broker), folder)
        {
            Profile = options.ProfileOf(result),
            UpdateTrial = options.UpdateTrialOf(result),
            Loggers = loggers,
            Records = record ?? nodes.Count <= Many,
            Sounds = nodes.Count > Many ? new SharedSounds() : null,
        };
        var places = nodes.Select(node => new NodePlace(node, setting)).ToList();
        var desk = new FaultDesk(places, setting.Broker, setting.Time, Console.WriteLine);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (options.ExitsWithStdin(result) || options.TakesFaultsFromStdin(result))
        {
            _ = ReadInputAsync(options.TakesFaultsFromStdin(result) ? desk : null, options.ExitsWithStdin(result) ? stop : null, stop.Token);
        }

        var recordings = setting.Records ? $", recordings in {Path.GetFullPath(folder)}" : "";
        Console.WriteLine($"{nodes.Count} virtual nodes, broker {setting.Broker.Host}:{setting.Broker.Port}{recordings}");
        var watch = nodes.Count > Many ? new FleetWatch(setting, nodes.Count).RunAsync(stop.Token) : Task.CompletedTask;
        await Task.WhenAll([watch, desk.RunAsync(faults, stop.Token), .. places.Select(place => place.RunAsync(stop.Token))]);
        places.ForEach(place => place.Dispose());
        foreach (var line in setting.Heard.Lines(nodes.Count))
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"The folder {folder} cannot be made: {e.Message}");
        }
    }

    private static async Task ReadInputAsync(FaultDesk? desk, CancellationTokenSource? stop, CancellationToken cancel)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync(cancel) is { } line)
        {
            if (desk is not null && line.Length > 0)
            {
                await desk.TypedAsync(line, cancel);
            }
        }

        if (stop is not null)
        {
            await stop.CancelAsync();
        }
    }
}
