using System.CommandLine;
using SmartRadio.Node.Virtual.Faults;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>The switches of <c>fleet</c> and <c>run</c>.</summary>
internal sealed class FleetOptions
{
    private readonly Option<string?> _broker = new("--broker") { Description = "HOST:PORT instead of what the file says." };
    private readonly Option<bool> _exit = new("--exit-with-stdin") { Description = "Stop when standard input ends, as it does when the parent process dies." };
    private readonly Option<string?> _profile = new("--profile") { Description = "JSON file that says how good the hardware is; the switches below win over it." };
    private readonly Option<string?> _storage = new("--storage") { Description = "Size of the storage, such as 3MB." };
    private readonly Option<double?> _drift = new("--drift") { Description = "Parts per million by which the crystal is fast." };
    private readonly Option<int?> _flash = new("--flash-delay") { Description = "Milliseconds for which writing 4 KB holds the node." };
    private readonly Option<int?> _signal = new("--signal") { Description = "Signal in dBm." };
    private readonly Option<int?> _sag = new("--sag") { Description = "dB by which the signal sags once a minute; below -90 dBm the link is lost." };
    private readonly Option<string[]> _faults = new("--fault")
    {
        Description = "KIND[:NODE][@SECONDS], such as unplug:2@30: unplug, plug, cut, mend, wet, open, dry, stop, steal. May be given again; lines on standard input do the same with --faults-from-stdin.",
    };
    private readonly Option<bool> _typed = new("--faults-from-stdin") { Description = "Read faults from standard input, one a line." };

    private readonly Option<int> _trial = new("--update-trial")
    {
        Description = "Seconds within which a new program must have heard the controller.",
        DefaultValueFactory = _ => 300,
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _broker, _exit, _profile, _storage, _drift, _flash, _signal, _sag, _faults, _typed, _trial })
        {
            command.Add(option);
        }
    }

    public BrokerAddress BrokerOf(ParseResult result, BrokerAddress otherwise) =>
        result.GetValue(_broker) is { } text ? BrokerAddress.Parse(text) : otherwise;

    public bool ExitsWithStdin(ParseResult result) => result.GetValue(_exit);

    public bool TakesFaultsFromStdin(ParseResult result) => result.GetValue(_typed);

    public TimeSpan UpdateTrialOf(ParseResult result) => TimeSpan.FromSeconds(result.GetValue(_trial));

    /// <exception cref="FleetException">A value is out of its range.</exception>
    public NodeProfile ProfileOf(ParseResult result)
    {
        var profile = result.GetValue(_profile) is { } path ? NodeProfile.Read(path) : new NodeProfile();
        return (profile with
        {
            Storage = result.GetValue(_storage) ?? profile.Storage,
            Drift = result.GetValue(_drift) ?? profile.Drift,
            FlashDelay = result.GetValue(_flash) ?? profile.FlashDelay,
            Signal = result.GetValue(_signal) ?? profile.Signal,
            Sag = result.GetValue(_sag) ?? profile.Sag,
        }).Checked();
    }

    /// <exception cref="FleetException">One is none.</exception>
    public IReadOnlyList<Fault> FaultsOf(ParseResult result) => [.. (result.GetValue(_faults) ?? []).Select(Fault.Parse)];
}
