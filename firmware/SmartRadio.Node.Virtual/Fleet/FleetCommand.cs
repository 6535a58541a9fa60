using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Faults;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>
/// smartradio-node fleet: many nodes in one process; smartradio-node run: the one that was enrolled into a folder.
/// </summary>
internal static class FleetCommand
{
    /// <summary>More nodes than this share one copy of each sound in memory and record nothing, unless asked to.</summary>
    private const int Many = 500;

    public static Command Create()
    {
        var options = new FleetOptions();
        var nodes = Switches.Text("--nodes", "JSON file with the broker and each node's id, name and secret.", isRequired: true);
        var data = Switches.Text(
            "--data", "Folder for recordings and the nodes' storage; one process uses it at a time.", isRequired: true);
        var count = Switches.Number(
            "--count", new ValueRange(1, int.MaxValue, "nodes"), "Run so many of the file's nodes, the first ones.");
        var record = Switches.Read<string?>(
            "--record",
            text => bool.TryParse(text, out _) ? text : throw new FleetException($"'{text}' is neither true nor false."),
            $"Whether what each node plays goes to DATA/NODEID.wav; by default when there are at most {Many} nodes.");
        var command = new Command(
            "fleet", "Run virtual loudspeaker nodes, and say in the end what they heard.") { nodes, data, count, record };
        options.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetValue(nodes)!, result.GetValue(data)!, (int?)result.GetValue(count),
            result.GetValue(record) is { } text ? bool.Parse(text) : null, options, result, cancellationToken));
        return command;
    }

    public static Command CreateRun()
    {
        var options = new FleetOptions();
        var data = Switches.Text("--data", "The folder of smartradio-node enrol.", isRequired: true);
        var command = new Command("run", "Run the node of an earlier enrol; what it plays goes to DATA/NODEID.wav.") { data };
        options.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var folder = result.GetValue(data)!;
            return File.Exists(NodeFile.In(folder))
                ? RunAsync(NodeFile.In(folder), folder, count: null, record: true, options, result, cancellationToken)
                : throw new FleetException(
                    $"There is no node in {folder}: {NodeFile.In(folder)} is missing. Enrol one with smartradio-node enrol --data {folder}.");
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string nodesPath, string folder, int? count, bool? record, FleetOptions options, ParseResult result,
        CancellationToken cancellationToken)
    {
        var file = FleetFile.Read(nodesPath);
        var nodes = count is null ? file.Nodes : file.First(count.Value);
        var isLarge = nodes.Count > Many;
        var faults = options.FaultsOf(result, nodes.Count);
        using var loggers = LoggerFactory.Create(
            logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(format => format.SingleLine = true)
            // Nodes do not wait for who does not listen.
            .Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite));
        var setting = new FleetSetting(options.BrokerOf(result, file.Broker), folder)
        {
            Profile = options.ProfileOf(result),
            UpdateTrial = options.UpdateTrialOf(result),
            Loggers = loggers,
            Records = record ?? !isLarge,
            Recordings = options.RecordingsOf(result),
            Sounds = isLarge ? new SharedSounds() : null,
            Say = Terminal.Say,
            Links = new FleetLinks(nodes.Count == 1 ? Terminal.Say : null),
        };
        using var data = await LockedFolder.UseAsync(folder, setting.Time, cancellationToken);
        foreach (var node in nodes)
        {
            data.Check(node, setting.Records);
        }

        var hosts = nodes.Select(node => new NodeHost(node, setting)).ToList();
        var handler = new FaultHandler(hosts, setting.Broker, setting.Time, setting.Say);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.ExitsWithStdin(result) || options.TakesFaultsFromStdin(result))
        {
            _ = ReadInputAsync(
                options.TakesFaultsFromStdin(result) ? handler : null, options.ExitsWithStdin(result) ? stop : null, stop.Token);
        }

        var recordings = setting.Records ? $", recordings in {Path.GetFullPath(folder)}" : "";
        setting.Say(
            $"{(nodes.Count == 1 ? "1 virtual node" : $"{nodes.Count} virtual nodes")}, broker {setting.Broker}{recordings}");
        var watch = nodes.Count > 1 ? new FleetWatch(setting, nodes.Count, isLarge).RunAsync(stop.Token) : Task.CompletedTask;
        await Task.WhenAll([watch, handler.RunAsync(faults, stop.Token), .. hosts.Select(host => host.RunAsync(stop.Token))]);
        hosts.ForEach(host => host.Dispose());
        if (setting.Profile.LittleFs)
        {
            setting.Say(setting.Wear.ToString());
        }

        foreach (var line in setting.Heard.Lines(nodes.Count))
        {
            setting.Say(line);
        }

        return 0;
    }

    private static async Task ReadInputAsync(
        FaultHandler? handler, CancellationTokenSource? stop, CancellationToken cancellationToken)
    {
        try
        {
            using var input = new StreamReader(Console.OpenStandardInput());
            while (await input.ReadLineAsync(cancellationToken) is { } line)
            {
                if (handler is not null && line.Length > 0)
                {
                    await handler.TypedAsync(line, cancellationToken);
                }
            }
        }
        catch (Exception e) when (FileProblem.Is(e))
        {
            // An input that fails has ended.
        }
        finally
        {
            await (stop?.CancelAsync() ?? Task.CompletedTask);
        }
    }
}
