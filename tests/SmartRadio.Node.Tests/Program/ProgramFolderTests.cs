using System.Diagnostics;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Recording;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Node.Tests.Program;

/// <summary>Folders that two want, and files that cannot be written.</summary>
public sealed class ProgramFolderTests : IDisposable
{
    private const string Name = "0000000000000001";
    private const string FullDevice = "/dev/full";

    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-folders-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Folders_belong_to_one_process_until_it_ends_however_it_ends()
    {
        await WriteNodeAsync(port: 1);
        await using var first = Run();
        await first.SaysAsync("1 virtual node");
        await using var second = NodeProgram.Start(_folder, "fleet", "--nodes", "node.json", "--data", ".");

        Assert.Equal(
            (2, "Another smartradio-node is using the folder .: stop it, or give this one another folder with --data.\n"),
            await second.EndAsync());

        await first.KillAsync();
        await using var third = Run();
        await third.SaysAsync("1 virtual node");
    }

    [Fact]
    public async Task Folders_are_waited_for_while_the_one_before_ends()
    {
        var first = await LockedFolder.UseAsync(_folder, TimeProvider.System, CancellationToken.None);
        var second = LockedFolder.UseAsync(_folder, TimeProvider.System, CancellationToken.None);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }

    [Fact]
    public async Task Folders_are_waited_for_no_longer_than_five_seconds()
    {
        var time = new SettableTime();
        using var first = await LockedFolder.UseAsync(_folder, time, CancellationToken.None);
        var second = LockedFolder.UseAsync(_folder, time, CancellationToken.None);

        time.Advance(LockedFolder.Patience);
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));

        await Assert.ThrowsAsync<FleetException>(() => second.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Folders_are_not_waited_for_by_one_that_is_to_end()
    {
        using var interrupted = new CancellationTokenSource();
        using var first = await LockedFolder.UseAsync(_folder, TimeProvider.System, CancellationToken.None);
        var second = LockedFolder.UseAsync(_folder, TimeProvider.System, interrupted.Token);

        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(Name + ".wav", true)]
    [InlineData(Name + ".csv", true)]
    [InlineData(Name, false)]
    [InlineData(Name + "/smartradio-node.trial", true)]
    public async Task Folders_with_something_in_the_way_are_refused_at_the_start(string path, bool isFolder)
    {
        await WriteNodeAsync(port: 1);
        if (isFolder)
        {
            Directory.CreateDirectory(Path.Combine(_folder, path));
        }
        else
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, path), "");
        }

        await using var program = Run();
        program.CloseInput();

        var (code, problems) = await program.EndAsync();
        Assert.Equal(2, code);
        Assert.StartsWith(
            "What Loa 1 keeps in the folder . cannot be written: ",
            Assert.Single(problems.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".wav")]
    [InlineData(".csv")]
    public async Task Folders_that_take_no_recording_leave_the_node_playing(string recording)
    {
        Assert.SkipUnless(File.Exists(FullDevice), "There is no device that is always full.");
        File.CreateSymbolicLink(Path.Combine(_folder, Name + recording), FullDevice);

        var said = await PlaysAsync(8000, () => Run());

        Assert.Single(
            said, line =>
                line.StartsWith("Loa 1: what it plays cannot be recorded: No space left on device", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run --data . --exit-with-stdin", 1)]
    [InlineData("fleet --nodes node.json --data . --record true --exit-with-stdin", 2)]
    public async Task Folders_that_take_neither_recordings_nor_log_leave_the_node_playing(string arguments, int nodes)
    {
        Assert.SkipUnless(File.Exists(FullDevice), "There is no device that is always full.");
        File.CreateSymbolicLink(Path.Combine(_folder, Name + ".wav"), FullDevice);

        Assert.Empty(await PlaysAsync(8000, () => NodeProgram.StartSpeakingTo(FullDevice, _folder, arguments.Split(' ')), nodes));
    }

    [Fact]
    public async Task Stopped_reader_of_the_log_leaves_the_node_playing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The pipe is made as Linux does it.");
        var pipe = Path.Combine(_folder, "said");
        using var mkfifo = Process.Start("mkfifo", [pipe]);
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(_folder, Name + ".wav"), FullDevice);

        await PlaysAsync(8000, () =>
        {
            var program = NodeProgram.StartSpeakingTo(
                pipe, _folder, "run", "--data", ".", "--faults-from-stdin", "--exit-with-stdin");
            // Each is answered, with more than the pipe takes.
            _ = program.TypeAsync(string.Join('\n', Enumerable.Repeat("burn", 1000)));
            return program;
        });
    }

    [Fact]
    public async Task Folders_that_take_nothing_are_refused_in_a_sentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit on files is set as Linux does it.");
        await WriteNodeAsync(port: 1);
        await using var program = NodeProgram.StartOnSmallDisk(_folder, kilobytes: 2, "run", "--data", ".");

        Assert.Equal((2, "Nothing can be kept in the folder .: the file may not grow further.\n"), await program.EndAsync());
    }

    [Fact]
    public async Task Folders_that_fill_while_it_plays_leave_it_playing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit on files is set as Linux does it.");

        var said = await PlaysAsync(
            24_000, () => NodeProgram.StartOnSmallDisk(_folder, kilobytes: 32, "run", "--data", ".", "--exit-with-stdin"));

        Assert.Contains("Loa 1: what it plays cannot be recorded: the file may not grow further. It plays on.", said);
        Assert.Equal(32 * 1024, new FileInfo(Path.Combine(_folder, Name + ".wav")).Length);
    }

    [Fact]
    public void Folders_that_take_recordings_again_are_said_once_too()
    {
        Assert.SkipUnless(File.Exists(FullDevice), "There is no device that is always full.");
        var starts = Path.Combine(_folder, "node.csv");
        File.CreateSymbolicLink(starts, FullDevice);
        var said = new List<string>();
        var recorder = new Recorder(rate => new NodeRecording(_folder, "node", rate, TimeProvider.System), said.Add);
        recorder.Open(8000);
        recorder.Starting(1, 0);
        recorder.Starting(2, 0);
        File.Delete(starts);

        recorder.Starting(3, 0);
        recorder.Append(new byte[320], 160);
        recorder.Flush();
        recorder.Append(new byte[320], 160);
        recorder.Close();

        Assert.Equal(2, said.Count);
        Assert.StartsWith("what it plays cannot be recorded: No space left on device", said[0], StringComparison.Ordinal);
        Assert.Equal("what it plays is recorded again.", said[1]);
        Assert.Equal(44 + 640, new FileInfo(Path.Combine(_folder, "node.wav")).Length);
        Assert.Equal("0,0,3\n", File.ReadAllText(starts));
    }

    /// <summary>Has a broadcast played whole while nothing is thrown.</summary>
    /// <returns>What was said.</returns>
    private async Task<IReadOnlyList<string>> PlaysAsync(int samples, Func<NodeProgram> start, int nodes = 1)
    {
        await using var controller = await StubController.StartAsync();
        var sound = new BenchSound(1, samples);
        controller.Serve(sound);
        await WriteNodeAsync(controller.Port, nodes);
        await using var program = start();
        await controller.BecomesAsync(Name, Topics.Online);
        await controller.SendAsync(Name, CommandType.Plan, new Plan
        {
            Number = 1,
            Volume = 100,
            UtcOffset = 420,
            Entries = [Station.Entry(1, sound, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 2000)],
        }.Write());

        Assert.Equal(samples, (await controller.ReceiptAsync(Name, ReceiptStep.Finished)).Samples);
        program.CloseInput();
        Assert.Equal((0, ""), await program.EndAsync());
        return program.Said;
    }

    private NodeProgram Run() => NodeProgram.Start(_folder, "run", "--data", ".", "--exit-with-stdin");

    private Task WriteNodeAsync(int port, int count = 1)
    {
        var secret = Convert.ToBase64String(StubController.Secret);
        var nodes = Enumerable.Range(1, count)
            .Select(number => $$"""{"id":"000000000000000{{number}}","name":"Loa {{number}}","secret":"{{secret}}"}""");
        return File.WriteAllTextAsync(
            Path.Combine(_folder, "node.json"),
            $$"""{"broker":{"host":"127.0.0.1","port":{{port}}},"nodes":[{{string.Join(',', nodes)}}]}""");
    }
}
