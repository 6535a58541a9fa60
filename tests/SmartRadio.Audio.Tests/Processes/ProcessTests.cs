using System.Diagnostics;
using System.Globalization;
using SmartRadio.Audio.Processes;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Processes;

/// <summary>A program that reads what strangers sent gets no more than it needs, and ends when it should.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly ToolLimits Limits = new(TimeSpan.FromMinutes(1), 512, FileBytes: 0);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_may_not_write_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is Linux's.");
        await using var process = Shell($"echo stolen > '{_folder.File("written")}'", CancellationToken.None);

        Assert.NotEqual(0, (await process.WaitAsync()).Code);
        Assert.Equal(0, new FileInfo(_folder.File("written")).Length);
    }

    [Fact]
    public async Task A_program_may_not_take_more_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is Linux's.");
        await using var process = Shell("ulimit -v", CancellationToken.None);

        Assert.Equal($"{512 * 1024}\n", await new StreamReader(process.Output).ReadToEndAsync());
    }

    [Fact]
    public async Task A_program_sees_none_of_our_environment()
    {
        Environment.SetEnvironmentVariable("SMARTRADIO_TEST_SECRET", "key");
        await using var process = Shell("echo \"[$SMARTRADIO_TEST_SECRET]\"", CancellationToken.None);

        Assert.Equal("[]\n", await new StreamReader(process.Output).ReadToEndAsync());
    }

    [Fact]
    public async Task Complaints_without_end_neither_block_nor_fill_memory()
    {
        await using var process = Shell("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo done", CancellationToken.None);

        Assert.Equal("done\n", await new StreamReader(process.Output).ReadToEndAsync());
        Assert.Equal(16 * 1024, (await process.WaitAsync()).Complaints.Length);
    }

    [Fact]
    public async Task A_program_no_longer_wanted_is_killed()
    {
        using var unwanted = new CancellationTokenSource();
        await using var process = Shell("echo $$; exec sleep 1000", unwanted.Token);
        using var running = await RunningAsync(process);

        await unwanted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(process.WaitAsync);
        Assert.True(running.HasExited);
    }

    [Fact]
    public async Task A_program_given_up_is_killed()
    {
        var process = Shell("echo $$; exec sleep 1000", CancellationToken.None);
        using var running = await RunningAsync(process);

        await process.DisposeAsync();

        Assert.True(running.HasExited);
    }

    private static ToolProcess Shell(string script, CancellationToken cancellationToken) =>
        ToolProcess.Start("/bin/sh", ["-c", script], Limits, TimeProvider.System, cancellationToken);

    // The shell's first line is its process id.
    private static async Task<Process> RunningAsync(ToolProcess process)
    {
        using var output = new StreamReader(process.Output, leaveOpen: true);
        return Process.GetProcessById(int.Parse((await output.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }
}
