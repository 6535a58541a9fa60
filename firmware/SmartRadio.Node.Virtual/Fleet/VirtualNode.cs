using Microsoft.Extensions.Logging;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Node.Virtual.Recording;
using SmartRadio.Node.Virtual.Updates;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>Hosts one node from power-on to power-off: real MQTT, a folder as storage, and a loudspeaker nobody hears.</summary>
internal sealed class VirtualNode : IDisposable
{
    /// <summary>dBm below which the link is lost, and above which it comes back.</summary>
    private const int Lost = -90;
    private const int Found = -87;

    private static readonly TimeSpan LookAtSignal = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly FleetSetting _setting;
    private readonly Sensors _sensors;
    private readonly Loudspeaker _loudspeaker;
    private readonly LoudspeakerNode _node;
    private readonly VirtualRestart _restart = new();
    private readonly Standstill _standstill;

    public VirtualNode(FleetNode node, FleetSetting setting)
    {
        _setting = setting;
        _standstill = new Standstill(setting.Time);
        var profile = setting.Profile;
        var files = FilesOf(Hex.Encode(node.Id), setting);
        var program = VirtualProgram.Choose(files, node.Secret);
        var identity = new NodeIdentity(node.Id, node.Secret, "virtual", program.Version);
        var clock = new DriftingClock(setting.Time, profile.Drift);
        _sensors = new Sensors(profile, setting.Time);
        var recorder = new Recorder(
            rate => new NodeRecording(setting.Folder, identity.Name, rate, setting.Time)
            {
                Alone = setting.Recordings is { } folder ? Path.Combine(folder, identity.Name) : null,
            },
            what => setting.Say($"{node.Name}: {what}"));
        _loudspeaker = new Loudspeaker(clock, profile.RingDrift, setting.Heard, setting.Records ? recorder : null);
        Connection = new NodeConnection(
            identity, setting, new LinkNews(node.Name, setting),
            setting.Loggers.CreateLogger<VirtualNode>())
        { IsCut = program.IsBroken };
        _node = new LoudspeakerNode(identity, new NodeHardware
        {
            Link = Connection,
            Clock = clock,
            Files = files,
            Output = _loudspeaker,
            Cipher = new AesCipher(),
            Sensors = _sensors,
            Line = _loudspeaker.Line,
            Jitter = new RandomJitter(),
            Restart = _restart,
            Intervals = new Intervals { UpdateTrial = (long)setting.UpdateTrial.TotalMicroseconds },
        });
        Connection.Connected += () => Tell(_node.Connected);
        Connection.Failed += () => Tell(_node.ConnectionFailed);
        Connection.Cost.MayBegin = isBrief => Ask(() => _node.Calm.MayStall || (isBrief && _node.Calm.MayStallBriefly));
        Connection.Cost.StandStill = StandStill;
        Connection.Disconnected += () => Tell(_node.Disconnected);
        Connection.Received += (topic, payload) => Tell(() => _node.Received(topic, payload));
    }

    public NodeConnection Connection { get; }

    public SpeakerLine Line => _loudspeaker.Line;

    /// <summary>Lives until cancelled.</summary>
    /// <param name="cancellationToken">Ends it with a farewell.</param>
    /// <param name="powerCut">Ends it in mid-sentence.</param>
    public async Task RunAsync(CancellationToken cancellationToken, CancellationToken powerCut = default)
    {
        using var failed = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, powerCut, failed.Token);
        var connection = Connection.RunAsync(end.Token, powerCut);
        var signal = _setting.Profile.Sag > 0 ? WatchSignalAsync(end.Token) : Task.CompletedTask;
        var polling = PollAsync(end.Token);
        var stalling = _setting.Profile.Stalls is { } stall ? StallAsync(stall, end.Token) : Task.CompletedTask;
        await Task.WhenAny(polling, connection);
        await failed.CancelAsync();
        try
        {
            // All of it: who still writes would do so beside the node's successor.
            await Task.WhenAll(polling, connection, signal, stalling);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || powerCut.IsCancellationRequested)
        {
            // It was told to.
        }
    }

    /// <summary>The button on the node.</summary>
    public void PressStop() => Tell(_node.StopPressed);

    public void Dispose()
    {
        _loudspeaker.Dispose();
        _wake.Dispose();
    }

    private static IFiles FilesOf(string name, FleetSetting setting)
    {
        IFiles files = new FolderFiles(Path.Combine(setting.Folder, name), setting.Profile.StorageBytes);
        files = setting.Sounds is null ? files : new SharedSoundFiles(files, setting.Sounds);
        var delay = setting.Profile.FlashDelay;
        if (setting.Profile.LittleFs)
        {
            return new SplitFiles(new LittleFs(files, setting.Wear, blocks => SlowFiles.Hold(blocks * delay)));
        }

        return delay == 0 ? files : new SlowFiles(files, delay);
    }

    private async Task PollAsync(CancellationToken end)
    {
        // Disposed, it waits for the alarm that just rings, which must find what it wakes.
        await using var alarm = _setting.Time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Registered once and not with each wait, of which there are fifty thousand a second in a large fleet.
        await using var ending = end.UnsafeRegister(_ => Wake(), null);
        while (true)
        {
            int wait;
            TimeSpan left;
            lock (_gate)
            {
                left = _standstill.Left;
                if (left == TimeSpan.Zero)
                {
                    _standstill.End();
                }

                wait = left > TimeSpan.Zero ? 0 : _node.Poll();
            }

            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, _setting.Time, end);
                continue;
            }

            _restart.ThrowIfAsked();

            end.ThrowIfCancellationRequested();
            if (wait == 0)
            {
                continue;
            }

            alarm.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
            await _wake.WaitAsync(CancellationToken.None);
        }
    }

    private async Task WatchSignalAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            if (_sensors.Signal < Lost != Connection.IsCut && _sensors.Signal is < Lost or > Found)
            {
                Connection.IsCut = _sensors.Signal < Lost;
            }

            await Task.Delay(LookAtSignal, _setting.Time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Tell(Action what)
    {
        lock (_gate)
        {
            _standstill.Do(what);
        }

        Wake();
    }

    private bool Ask(Func<bool> question)
    {
        lock (_gate)
        {
            return _standstill.Left == TimeSpan.Zero && question();
        }
    }

    private void StandStill(TimeSpan length)
    {
        lock (_gate)
        {
            _standstill.Begin(length);
        }
    }

    private async Task StallAsync(Stall stall, CancellationToken end)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(stall.Every), _setting.Time, end);
            StandStill(TimeSpan.FromSeconds(stall.Seconds));
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }
}
