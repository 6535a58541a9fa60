using System.Net;
using System.Net.Sockets;
using SmartRadio.Audio.Processes;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Processes;

/// <summary>A program that hostile input took over reaches no network, no file, no other process; it has no right.</summary>
public sealed class ToolSandboxTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Program_reaches_no_address()
    {
        SkipWithout();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal(
            "closed\n",
            await SaysAsync($"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port}' 2>/dev/null && echo open || echo closed", null));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Program_sees_its_input_and_no_other_file_of_ours()
    {
        SkipWithout();
        var input = _folder.File("input.wav");
        var secret = _folder.File("keys.txt");
        await File.WriteAllTextAsync(input, "sound");
        await File.WriteAllTextAsync(secret, "secret");

        Assert.Equal("sound", await SaysAsync($"cat '{input}' '{secret}'", input));
        Assert.Equal("input.wav\n", await SaysAsync($"ls '{Path.GetDirectoryName(input)}'", input));
        Assert.Equal("", await SaysAsync("cat /etc/passwd /etc/shadow; ls /root /home /proc /var /run", null));
    }

    [Fact]
    public async Task Program_cannot_change_its_input()
    {
        SkipWithout();
        var input = _folder.File("input.wav");
        await File.WriteAllTextAsync(input, "sound");

        await SaysAsync($"rm -f '{input}'; truncate -s 0 '{input}'; chmod 777 '{input}'", input);

        Assert.Equal("sound", await File.ReadAllTextAsync(input));
    }

    [Fact]
    public async Task Program_is_nobody_and_alone()
    {
        SkipWithout();

        Assert.Equal("65534\n", await SaysAsync("id -u", null));
        Assert.Equal("gone\n", await SaysAsync($"kill -0 {Environment.ProcessId} 2>/dev/null && echo seen || echo gone", null));
        Assert.Equal("no\n", await SaysAsync("mount -t tmpfs none /tmp 2>/dev/null && echo yes || echo no", null));
    }

    [Fact]
    public async Task Program_from_elsewhere_is_found_through_its_link()
    {
        SkipWithout();
        // The program lies in another folder than its link.
        var folders = new[] { "tools", "links" }.Select(name => Directory.CreateDirectory(_folder.File(name))).ToList();
        var link = _folder.File("links/linked");
        File.CreateSymbolicLink(link, _folder.Program("tools/tool", "echo here"));

        Assert.Equal("here\n", await OutputAsync(link, [], null));
        folders.ForEach(folder => folder.Delete(recursive: true));
    }

    [Fact]
    public async Task Missing_input_is_no_fault_of_the_sound()
    {
        SkipWithout();
        await using var process = Start("/bin/sh", ["-c", "true"], _folder.File("none"));

        var fault = await Assert.ThrowsAsync<AudioRefusedException>(process.WaitAsync);

        Assert.Equal(AudioRefusal.ToolFailed, fault.Reason);
    }

    private static void SkipWithout() => Assert.SkipWhen(ToolSandbox.Lack is not null, $"No sandbox: {ToolSandbox.Lack}");

    private static Task<string> SaysAsync(string script, string? input) => OutputAsync("/bin/sh", ["-c", script], input);

    private static async Task<string> OutputAsync(string program, string[] arguments, string? input)
    {
        await using var process = Start(program, arguments, input);
        var output = await new StreamReader(process.Output).ReadToEndAsync();
        await process.WaitAsync();
        return output;
    }

    private static ToolProcess Start(string program, string[] arguments, string? input) => ToolProcess.Start(
        program, arguments, new ToolLimits(TimeSpan.FromMinutes(1), 512, FileBytes: 0, input), TimeProvider.System,
        CancellationToken.None);
}
