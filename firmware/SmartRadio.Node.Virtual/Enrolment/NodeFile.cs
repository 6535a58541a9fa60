using System.Text.Json;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Virtual.Enrolment;

/// <summary>What a node keeps of its enrolment: the fleet's file of one node, for its owner alone.</summary>
internal static class NodeFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static string In(string folder) => Path.Combine(folder, "node.json");

    /// <summary>Writes it whole or not at all.</summary>
    public static void Write(string path, BrokerAddress broker, FleetNode node)
    {
        var partial = path + ".partial";
        File.Delete(partial);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(partial, options))
        {
            JsonSerializer.Serialize(
                file,
                new
                {
                    broker = new { broker.Host, broker.Port, broker.Tls, broker.Certificate },
                    nodes = new[]
                    {
                        new { id = Hex.Encode(node.Id), name = node.Name, secret = Convert.ToBase64String(node.Secret) },
                    },
                },
                Format);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path);
    }
}
