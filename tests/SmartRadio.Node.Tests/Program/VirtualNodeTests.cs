using System.Runtime.InteropServices;
using NAudio.Wave;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Node.Tests.Program;

public sealed class VirtualNodeTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-node-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private StubController _controller = null!;
    private NodeProfile _profile = new();

    public async ValueTask InitializeAsync() => _controller = await StubController.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        await _controller.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Nodes_show_up_and_say_farewell()
    {
        var node = Start(1);
        await _controller.BecomesAsync(node, Topics.Online);

        await _stop.CancelAsync();

        await _controller.BecomesAsync(node, Topics.Offline);
    }

    [Fact]
    public async Task Nodes_have_ended_only_when_they_do_nothing_more()
    {
        using var time = new HaltingTime();
        using var powerCut = new CancellationTokenSource();
        using var node = new VirtualNode(
            new FleetNode([0, 0, 0, 0, 0, 0, 0, 9], "node 9", StubController.Secret),
            new FleetSetting(new BrokerAddress("127.0.0.1", 1), _folder) { Time = time });
        // Without a link nobody but the node itself looks at the clock, and nothing else holds its end up.
        node.Connection.IsCut = true;
        var running = node.RunAsync(CancellationToken.None, powerCut.Token);
        await time.HaltAsync(node.PressStop);

        await powerCut.CancelAsync();
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System));
        Assert.False(running.IsCompleted);

        time.GoOn();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Nodes_wait_by_the_clock_they_are_given()
    {
        var time = new SettableTime();
        using var powerCut = new CancellationTokenSource();
        using var node = new VirtualNode(
            new FleetNode([0, 0, 0, 0, 0, 0, 0, 9], "node 9", StubController.Secret),
            new FleetSetting(new BrokerAddress("127.0.0.1", 1), _folder) { Time = time });
        node.Connection.IsCut = true;
        var running = node.RunAsync(CancellationToken.None, powerCut.Token);

        for (var turn = 0; turn < 3; turn++)
        {
            await Poll.UntilAsync("the node waits", () => time.NextAlarm > time.GetUtcNow());
            time.Advance(time.NextAlarm!.Value - time.GetUtcNow());
        }

        await powerCut.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Nodes_fetch_a_sound_and_play_it_whole_at_its_instant()
    {
        string[] nodes = [Start(1), Start(2), Start(3)];
        var sound = new BenchSound(1, 16_000);
        _controller.Serve(sound);
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 4000;
        foreach (var node in nodes)
        {
            await _controller.BecomesAsync(node, Topics.Online);
            await _controller.SendAsync(node, CommandType.Plan, PlanOf(1, sound, start).Write());
        }

        foreach (var node in nodes)
        {
            var finished = await _controller.ReceiptAsync(node, ReceiptStep.Finished);
            Assert.Equal(16_000, finished.Samples);
            Assert.Equal(sound.Samples, Wav(node));
            var line = Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder, node + ".csv"))).Split(',');
            Assert.Equal(["0", "1"], line[1..]);
            Assert.InRange(long.Parse(line[0], null), start - 5, start + 20);
        }
    }

    [Fact]
    public async Task Nodes_with_the_faults_of_a_first_board_play_a_sound_whole()
    {
        _profile = new NodeProfile { Stall = "1s@2", DnsDead = true, Handshake = 1, LittleFs = true };
        var node = Start(1);
        var sound = new BenchSound(1, 100_000);
        _controller.Serve(sound);
        await _controller.BecomesAsync(node, Topics.Online);
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 3000;
        await _controller.SendAsync(node, CommandType.Plan, PlanOf(1, sound, start).Write());

        Assert.Equal(100_000, (await _controller.ReceiptAsync(node, ReceiptStep.Finished)).Samples);
        Assert.Equal(sound.Samples, Wav(node));
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(_folder, node), "o*").Count());
    }

    [Fact]
    public async Task Nodes_append_to_their_recordings_after_a_restart()
    {
        var sound = new BenchSound(1, 4000);
        _controller.Serve(sound);
        using var first = new CancellationTokenSource();
        var (node, running) = Start(1, first.Token);
        await _controller.BecomesAsync(node, Topics.Online);
        await _controller.SendAsync(
            node, CommandType.Plan, PlanOf(1, sound, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1500).Write());
        await _controller.ReceiptAsync(node, ReceiptStep.Finished);
        await first.CancelAsync();
        await running;
        await _controller.BecomesAsync(node, Topics.Offline);
        // As a killed process may leave it: samples that the header does not count yet, and half of one.
        await File.AppendAllBytesAsync(Path.Combine(_folder, node + ".wav"), new byte[3]);

        Start(1);
        await _controller.BecomesAsync(node, Topics.Online);
        await _controller.SendAsync(node, CommandType.Chime, new ChimeCommand { Volume = 100 }.Write());
        await RecordedAsync(node, 4001 + 12_000);

        Assert.Equal(sound.Samples, Wav(node)[..4000]);
        Assert.EndsWith(
            ",4001,0", (await File.ReadAllLinesAsync(Path.Combine(_folder, node + ".csv")))[1], StringComparison.Ordinal);
    }

    private static Plan PlanOf(long broadcast, BenchSound sound, long start) =>
        new() { Number = broadcast, Volume = 100, UtcOffset = 420, Entries = [Station.Entry(broadcast, sound, start)] };

    private string Start(byte number)
    {
        var (name, running) = Start(number, _stop.Token);
        _running.Add(running);
        return name;
    }

    private (string Name, Task Running) Start(byte number, CancellationToken stop)
    {
        byte[] id = [0, 0, 0, 0, 0, 0, 0, number];
        return (Hex.Encode(id), RunAsync(new FleetNode(id, $"node {number}", StubController.Secret), stop));
    }

    private async Task RunAsync(FleetNode node, CancellationToken stop)
    {
        var setting = new FleetSetting(new BrokerAddress("127.0.0.1", _controller.Port), _folder) { Profile = _profile };
        using var hosted = new VirtualNode(node, setting);
        await hosted.RunAsync(stop);
    }

    private Task RecordedAsync(string node, int samples) =>
        Poll.UntilAsync($"{samples} samples are recorded", () => Snapshot(node)?.Length >= samples);

    /// <summary>The same while it is recorded; null when the file was caught in mid-write.</summary>
    private short[]? Snapshot(string node)
    {
        try
        {
            return Wav(node);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The samples that the header of a recording counts; it may be growing.</summary>
    private short[] Wav(string node)
    {
        using var file = new FileStream(
            Path.Combine(_folder, node + ".wav"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var wav = new WaveFileReader(file);
        Assert.Equal(new WaveFormat(8000, 16, 1), wav.WaveFormat);
        var samples = new short[wav.SampleCount];
        wav.ReadExactly(MemoryMarshal.AsBytes(samples.AsSpan()));
        return samples;
    }

    /// <summary>The machine's clock, and a gate before it that holds who looks.</summary>
    private sealed class HaltingTime : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _mayGo = new(true);
        private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile int _free;

        public override long GetTimestamp()
        {
            if (!_mayGo.IsSet && Environment.CurrentManagedThreadId != _free)
            {
                _isHeld.TrySetResult();
                _mayGo.Wait();
            }

            return base.GetTimestamp();
        }

        /// <summary>Has something done, and waits until somebody else whom that woke is held.</summary>
        public Task HaltAsync(Action wake)
        {
            _free = Environment.CurrentManagedThreadId;
            _mayGo.Reset();
            wake();
            _free = 0;
            return _isHeld.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        public void GoOn() => _mayGo.Set();

        public void Dispose() => _mayGo.Dispose();
    }
}
