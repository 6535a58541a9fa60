using System.Net;
using System.Net.Sockets;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Testing.Processes;

/// <summary>
/// Debian's mosquitto on a port of 127.0.0.1, with a configuration of its own. It can be killed and started again.
/// </summary>
public sealed class MosquittoProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-mosquitto-");
    private ChildProcess? _process;

    private MosquittoProcess()
    {
    }

    /// <summary>The same for its whole life, also after a kill.</summary>
    public int Port { get; } = FreePort.Find();

    public int Id => Process.Id;

    /// <summary>What the broker has logged since it was last started.</summary>
    public string Log => Process.Errors;

    private ChildProcess Process => _process ?? throw new InvalidOperationException("It was not started.");

    private string Configuration => FileOf("mosquitto.conf");

    /// <summary>Starts one and waits until it takes connections.</summary>
    /// <exception cref="InvalidOperationException">
    /// It ended, as for a wrong line of its configuration; the message holds its log.
    /// </exception>
    public static async Task<MosquittoProcess> StartAsync(MosquittoSetting? setting = null)
    {
        var broker = new MosquittoProcess();
        try
        {
            await broker.ConfigureAsync(setting ?? new());
            await broker.StartAgainAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as a power cut does: no farewell to anybody.</summary>
    public Task KillAsync() => Process.KillAsync(children: false);

    /// <summary>Starts it after a kill, on the same port and configuration, and waits until it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _process = ChildProcess.Start("mosquitto", ["-c", Configuration]);
        await Poll.UntilAsync("mosquitto takes connections", TakesConnectionsAsync, static takes => takes);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task ConfigureAsync(MosquittoSetting setting)
    {
        List<string> lines =
        [
            // Started by root it would become a user who may not read this folder.
            $"user {Environment.UserName}",
            "log_dest stderr",
            "persistence false",
            $"listener {Port} 127.0.0.1",
            $"allow_anonymous {(setting.Accounts.Count == 0 ? "true" : "false")}",
        ];
        if (setting.Accounts.Count > 0)
        {
            var passwords = FileOf("passwords");
            await File.WriteAllLinesAsync(passwords, setting.Accounts.Select(account => $"{account.Key}:{account.Value}"));
            await ChildProcess.RunAsync("mosquitto_passwd", "-U", passwords);
            lines.Add($"password_file {passwords}");
        }

        if (setting.Acl.Count > 0)
        {
            await File.WriteAllLinesAsync(FileOf("acl"), setting.Acl);
            lines.Add($"acl_file {FileOf("acl")}");
        }

        await File.WriteAllLinesAsync(Configuration, lines.Concat(setting.Lines));
    }

    private async Task<bool> TakesConnectionsAsync()
    {
        if (Process.HasExited)
        {
            await Process.ExitAsync();
            throw new InvalidOperationException($"mosquitto ended: {Log}");
        }

        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string FileOf(string name) => Path.Combine(_folder.FullName, name);
}
