using System.Diagnostics;
using SmartRadio.Audio.Processes;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Audio.Tests.Processes;

/// <summary>A program that reads what strangers sent gets no more than it needs, and ends when it should.</summary>
public sealed class ProcessTests
{
    private static readonly ToolLimits Limits = new(TimeSpan.FromMinutes(1), 512, FileBytes: 0);
    [Fact]
    public async Task A_program_may_not_write_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is Linux's.");
        await using var process = Shell("echo stolen > /dev/shm/written; test -s /dev/shm/written", CancellationToken.None);

        Assert.NotEqual(0, (await process.WaitAsync()).Code);
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
    public async Task Complaints_bring_no_control_characters_into_logs()
    {
        await using var process = Shell("printf 'a\\033[2J\\rb\\nc' >&2", CancellationToken.None);

        Assert.Equal("a [2J b\nc", (await process.WaitAsync()).Complaints);
    }

    [Fact]
    public async Task A_program_no_longer_wanted_is_killed()
    {
        using var unwanted = new CancellationTokenSource();
        await using var process = Shell("echo begun; exec sleep 1000.125", unwanted.Token);
        await BegunAsync(process, "1000.125");

        await unwanted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(process.WaitAsync);
        Assert.False(IsRunning("1000.125"));
    }

    [Fact]
    public async Task A_program_given_up_is_killed()
    {
        var process = Shell("echo begun; exec sleep 1000.25", CancellationToken.None);
        await BegunAsync(process, "1000.25");

        await process.DisposeAsync();

        Assert.False(IsRunning("1000.25"));
    }

    [Theory]
    [InlineData("SEGV", AudioRefusal.ToolCrashed)]
    [InlineData("ABRT", AudioRefusal.ToolCrashed)]
    [InlineData("KILL", AudioRefusal.ToolKilled)]
    [InlineData("TERM", AudioRefusal.ToolKilled)]
    [InlineData("XCPU", AudioRefusal.TimedOut)]
    public async Task A_program_ended_by_a_signal_is_told_as_what_it_is(string signal, AudioRefusal reason)
    {
        // A shell of its own: the first process of a namespace takes no signal from within.
        await using var process = Shell($"sh -c 'kill -{signal} $$'", CancellationToken.None);

        Assert.Equal(reason, (await Assert.ThrowsAsync<AudioRefusedException>(process.WaitAsync)).Reason);
    }

    private static ToolProcess Shell(string script, CancellationToken cancellationToken) =>
        ToolProcess.Start("/bin/sh", ["-c", script], Limits, TimeProvider.System, cancellationToken);

    private static async Task BegunAsync(ToolProcess process, string argument)
    {
        using var output = new StreamReader(process.Output, leaveOpen: true);
        Assert.Equal("begun", await output.ReadLineAsync());
        await Poll.UntilAsync("the program runs", () => IsRunning(argument));
    }

    // A program in namespaces of its own has another id inside; its command line is the same.
    private static bool IsRunning(string argument) =>
        Process.GetProcessesByName("sleep").Any(each => CommandLine(each.Id).Split('\0').Contains(argument));

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
