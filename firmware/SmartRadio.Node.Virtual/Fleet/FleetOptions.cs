using System.CommandLine;
using SmartRadio.Node.Virtual.Faults;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>The switches of <c>fleet</c> and <c>run</c>.</summary>
internal sealed class FleetOptions
{
    /// <summary>A new program gives up after a day at the latest.</summary>
    private static readonly ValueRange Trials = new(1, 24 * 3600, "seconds");

    private readonly Option<BrokerAddress?> _broker = Switches.Read(
        "--broker", BrokerAddress.Parse, "HOST:PORT instead of what the file says.");
    private readonly Option<bool> _exit = new(
        "--exit-with-stdin")
    { Description = "Stop when standard input ends, as it does when the parent process dies." };
    private readonly Option<string?> _profile = Switches.Text(
        "--profile", "JSON file that says how good the hardware is; the switches below win over it.");
    private readonly Option<string?> _storage = Switches.Read(
        "--storage", NodeProfile.CheckedStorage, "Size of the storage, such as 3MB.");
    private readonly Option<double?> _drift = Switches.Number(
        "--drift", NodeProfile.Drifts, "Parts per million by which the crystal is fast.");
    private readonly Option<double?> _flash = Switches.Number(
        "--flash-delay", NodeProfile.FlashDelays, "Milliseconds for which writing 4 KB holds the node.");
    private readonly Option<double?> _signal = Switches.Number("--signal", NodeProfile.Signals, "Signal in dBm.");
    private readonly Option<double?> _sag = Switches.Number(
        "--sag", NodeProfile.Sags, "dB by which the signal sags once a minute; below -90 dBm the link is lost.");
    private readonly Option<string?> _stall = Switches.Read<string?>(
        "--stall", NodeProfile.CheckedStall, "LENGTHs@SECONDS, such as 3s@30: every 30 s nothing of a node runs for 3 s.");
    private readonly Option<double?> _handshake = Switches.Read<double?>(
        "--handshake", text => NodeProfile.Handshakes.Read(text.TrimEnd('s')),
        "Seconds for which each attempt to connect lets nothing of a node run, such as 5s.");
    private readonly Option<bool> _dns = new("--dns-dead")
    { Description = "Once a node was connected, its broker's name is found no more." };
    private readonly Option<bool> _littleFs = new("--littlefs")
    { Description = "Writes cost what littlefs makes of them, and are counted." };
    private readonly Option<string[]> _faults = new("--fault")
    {
        Description =
            "KIND[:NODE][@SECONDS], such as unplug:2@30: unplug, plug, cut, mend, wet, open, dry, stop, steal. May be given again; lines on standard input do the same with --faults-from-stdin.",
    };
    private readonly Option<bool> _typed = new(
        "--faults-from-stdin")
    { Description = "Read faults from standard input, one a line." };
    private readonly Option<string?> _recordings = Switches.Text(
        "--recordings", "Folder in which each broadcast that is recorded goes by itself too, as NODEID/BROADCAST.wav.");
    private readonly Option<double?> _trial = Switches.Number(
        "--update-trial", Trials, "Seconds within which a new program must have heard the controller; 300 unless told.");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _broker, _exit, _profile, _storage, _drift, _flash, _signal, _sag,
            _stall, _handshake, _dns, _littleFs, _faults, _typed, _recordings, _trial })
        {
            command.Add(option);
        }
    }

    /// <summary>Another address is no leave to speak in the clear: TLS stays as the file says.</summary>
    public BrokerAddress BrokerOf(ParseResult result, BrokerAddress file) =>
        result.GetValue(_broker) is { } given ? given with { Tls = file.Tls } : file;

    public bool ExitsWithStdin(ParseResult result) => result.GetValue(_exit);

    public bool TakesFaultsFromStdin(ParseResult result) => result.GetValue(_typed);

    public string? RecordingsOf(ParseResult result) => result.GetValue(_recordings);

    public TimeSpan UpdateTrialOf(ParseResult result) => TimeSpan.FromSeconds(result.GetValue(_trial) ?? 300);

    /// <exception cref="FleetException">The profile's file is missing or wrong.</exception>
    public NodeProfile ProfileOf(ParseResult result)
    {
        var profile = result.GetValue(_profile) is { } path ? NodeProfile.Read(path) : new NodeProfile();
        return profile with
        {
            Storage = result.GetValue(_storage) ?? profile.Storage,
            Drift = result.GetValue(_drift) ?? profile.Drift,
            FlashDelay = (int?)result.GetValue(_flash) ?? profile.FlashDelay,
            Signal = (int?)result.GetValue(_signal) ?? profile.Signal,
            Sag = (int?)result.GetValue(_sag) ?? profile.Sag,
            Stall = result.GetValue(_stall) ?? profile.Stall,
            Handshake = (int?)result.GetValue(_handshake) ?? profile.Handshake,
            DnsDead = result.GetValue(_dns) || profile.DnsDead,
            LittleFs = result.GetValue(_littleFs) || profile.LittleFs,
        };
    }

    /// <param name="nodes">How many nodes faults may befall.</param>
    /// <exception cref="FleetException">One is none, or there is no such node.</exception>
    public IReadOnlyList<Fault> FaultsOf(ParseResult result, int nodes) =>
        [.. (result.GetValue(_faults) ?? []).Select(text => Fault.Parse(text).Checked(nodes))];
}
