using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Node.Virtual.Recording;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>What the nodes of one process have in common.</summary>
/// <param name="Broker">Where they connect.</param>
/// <param name="Folder">Where their storage and recordings lie.</param>
internal sealed record FleetSetting(BrokerAddress Broker, string Folder)
{
    private int _connected;

    public NodeProfile Profile { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public HeardTally Heard { get; } = new();

    /// <summary>Set when the nodes keep their sounds in memory, one copy for all.</summary>
    public SharedSounds? Sounds { get; init; }

    /// <summary>Whether what a node plays goes to a WAV file.</summary>
    public bool Records { get; init; } = true;

    /// <summary>In which a new program must have heard the controller.</summary>
    public TimeSpan UpdateTrial { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Nodes whose link is up.</summary>
    public int Connected => _connected;

    public void LinkIs(bool up) => Interlocked.Add(ref _connected, up ? 1 : -1);
}
