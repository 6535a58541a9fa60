using System.Text.Json;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>A virtual node in a process of its own, which can be killed alone.</summary>
internal static class NodeProcess
{
    public static async Task<ChildProcess> StartAsync(RadioProcess radio, EnrolledAnswer node, params string[] options)
    {
        var file = radio.FileOf($"{node.Id}.json");
        var content = new
        {
            broker = new { host = "127.0.0.1", port = radio.MqttPort },
            nodes = new[] { new { id = node.Id, name = node.Id, secret = Convert.ToBase64String(
                Convert.FromHexString(node.Secret)) } },
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(content));
        return ChildProcess.Start(
            Built.NodeProgram,
            ["fleet", "--nodes", file, "--data", radio.FileOf($"{node.Id}.own"), "--exit-with-stdin", .. options]);
    }
}
