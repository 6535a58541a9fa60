using System.Text.Json;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Web.Demo;

/// <param name="Secret">32 bytes in base64.</param>
internal sealed record DemoNode(string Id, string Name, string Secret);

internal sealed record DemoBroker(string Host, int Port);

/// <summary>What the virtual nodes' program is told.</summary>
internal sealed record DemoFleetFile(DemoBroker Broker, IReadOnlyList<DemoNode> Nodes);

/// <summary>The demo's files in the data folder.</summary>
internal sealed class DemoFiles(DataFolder data)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Where each node writes what it plays.</summary>
    public string Folder => Path.Combine(data.Root, "demo");

    /// <summary>Ids and secrets of the virtual nodes, readable by the owner only.</summary>
    public string NodesFile => Path.Combine(Folder, "nodes.json");

    public async Task<DemoFleetFile?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(NodesFile))
        {
            return null;
        }

        await using var file = File.OpenRead(NodesFile);
        return await JsonSerializer.DeserializeAsync<DemoFleetFile>(file, Json, cancellationToken);
    }

    public Task WriteAsync(DemoFleetFile nodes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        return PrivateFile.WriteAsync(NodesFile, JsonSerializer.Serialize(nodes, Json), cancellationToken);
    }
}
