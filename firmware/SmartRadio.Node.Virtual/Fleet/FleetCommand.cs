using System.CommandLine;
using Microsoft.Extensions.Logging;
using SmartRadio.Node.Virtual.Enrolment;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>smartradio-node fleet: many nodes in one process.</summary>
internal static class FleetCommand
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var nodes = new Option<string>("--nodes") { Description = "JSON file with the broker and each node's id, name and secret.", Required = true };
        var data = new Option<string>("--data") { Description = "Folder for recordings and the nodes' storage.", Required = true };
        var broker = new Option<string?>("--broker") { Description = "HOST:PORT instead of the file's broker." };
        var exit = new Option<bool>("--exit-with-stdin") { Description = "Stop when standard input ends, as it does when the parent process dies." };
        var command = new Command("fleet", "Run virtual loudspeaker nodes; what each plays goes to DATA/NODEID.wav.") { nodes, data, broker, exit };
        command.SetAction((result, cancel) => RunAsync(
            result.GetRequiredValue(nodes), result.GetRequiredValue(data), result.GetValue(broker), result.GetValue(exit), cancel));
        return command;
    }

    /// <summary>smartradio-node run: the node that was enrolled into a folder.</summary>
    public static Command CreateRun()
    {
        var data = new Option<string>("--data") { Description = "The folder of smartradio-node enrol.", Required = true };
        var broker = new Option<string?>("--broker") { Description = "HOST:PORT instead of what the controller said." };
        var exit = new Option<bool>("--exit-with-stdin") { Description = "Stop when standard input ends." };
        var command = new Command("run", "Run the node of an earlier enrol; what it plays goes to DATA/NODEID.wav.") { data, broker, exit };
        command.SetAction((result, cancel) => RunAsync(
            NodeFile.In(result.GetRequiredValue(data)), result.GetRequiredValue(data), result.GetValue(broker), result.GetValue(exit), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string nodesPath, string folder, string? broker, bool exitWithStdin, CancellationToken cancel)
    {
        var file = FleetFile.Read(nodesPath);
        var address = broker is null ? file.Broker : BrokerAddress.Parse(broker);
        CreateFolder(folder);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(format => format.SingleLine = true));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (exitWithStdin)
        {
            _ = StopAtEndOfInputAsync(stop);
        }

        Console.WriteLine($"{file.Nodes.Count} virtual nodes, broker {address.Host}:{address.Port}, recordings in {Path.GetFullPath(folder)}");
        await Task.WhenAll(file.Nodes.Select(node => RunNodeAsync(node, address, folder, loggers, stop.Token)));
        return 0;
    }

    private static async Task RunNodeAsync(FleetNode node, BrokerAddress broker, string folder, ILoggerFactory loggers, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var hosted = new VirtualNode(node, broker, folder, TimeProvider.System, loggers);
                await hosted.RunAsync(cancel);
            }
            catch (Exception e)
            {
                // What the watchdog does to a device: it starts again and goes on from its storage.
                loggers.CreateLogger<VirtualNode>().LogError(e, "Node {Node} failed and is restarted", node.Name);
                await Task.Delay(RestartDelay, CancellationToken.None);
            }
        }
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

    private static async Task StopAtEndOfInputAsync(CancellationTokenSource stop)
    {
        await using var input = Console.OpenStandardInput();
        var ignored = new byte[256];
        while (await input.ReadAsync(ignored) > 0)
        {
        }

        await stop.CancelAsync();
    }
}
