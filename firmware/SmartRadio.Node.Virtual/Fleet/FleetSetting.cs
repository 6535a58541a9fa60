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
    public NodeProfile Profile { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public HeardTally Heard { get; } = new();

    /// <summary>What the nodes made their flash do, where it is counted.</summary>
    public FlashWear Wear { get; } = new();

    /// <summary>Set when the nodes keep their sounds in memory, one copy for all.</summary>
    public SharedSounds? Sounds { get; init; }

    /// <summary>Whether what a node plays goes to a WAV file.</summary>
    public bool Records { get; init; } = true;

    /// <summary>Where each broadcast goes by itself too, as NODEID/BROADCAST.wav; null = nowhere.</summary>
    public string? Recordings { get; init; }

    /// <summary>In which a new program must have heard the controller.</summary>
    public TimeSpan UpdateTrial { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How the nodes stand with the broker.</summary>
    public FleetLinks Links { get; init; } = new();

    /// <summary>Takes what a node has to say to whom it runs for.</summary>
    public Action<string> Say { get; init; } = _ => { };
}
