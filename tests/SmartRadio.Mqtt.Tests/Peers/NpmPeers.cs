using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Peers;

/// <summary>The npm packages the tests compare with, installed beside the test program from the lock file.</summary>
public sealed class NpmPeers : IAsyncLifetime
{
    public string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "npm");

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "mqtt")))
        {
            await ChildProcess.RunAsync("npm", "ci", "--prefix", Folder, "--no-audit", "--no-fund", "--ignore-scripts");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
