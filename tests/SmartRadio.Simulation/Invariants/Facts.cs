using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Simulation.Invariants;

/// <summary>A sound that the controller holds: its bytes, and so every sample that may ever be heard of it.</summary>
internal sealed record Sound(string Id, CodecId Codec, byte[] Codes)
{
    public int Rate => SoundFormat.Rate(Codec);
}

/// <summary>What the controller really made: the truth against which nodes are heard.</summary>
/// <param name="Id">The broadcast.</param>
/// <param name="Class">Its class.</param>
/// <param name="Start">Unix ms.</param>
/// <param name="LatestStart">Unix ms.</param>
/// <param name="Sounds">What each node of its audience is to play.</param>
internal sealed record BroadcastFact(
    long Id, BroadcastClass Class, long Start, long LatestStart, IReadOnlyDictionary<string, Sound> Sounds);

/// <summary>Looks up what the controller made, and what commands it sent.</summary>
internal sealed class Facts(Func<long, BroadcastFact?> read)
{
    private readonly Dictionary<long, BroadcastFact> _known = [];
    private readonly Dictionary<string, long> _counters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<long>> _chimes = new(StringComparer.Ordinal);

    /// <summary>What the controller itself broke, or null.</summary>
    public ViolationException? Broken { get; private set; }

    public BroadcastFact? Find(long broadcast)
    {
        if (!_known.TryGetValue(broadcast, out var fact) && read(broadcast) is { } found)
        {
            _known[broadcast] = fact = found;
        }

        return fact;
    }

    /// <summary>The controller sent a command.</summary>
    public void Commanded(string node, Envelope command)
    {
        if (command.Type >= Envelope.FirstReply)
        {
            return;
        }

        if (_counters.TryGetValue(node, out var last) && command.Counter <= last)
        {
            // Not thrown: the controller would take it for a trouble of its own and go on.
            Broken ??= new ViolationException(
                Invariant.CountersRise,
                $"the controller sent {(CommandType)command.Type} with counter {command.Counter} after {last} to {node}");
        }

        _counters[node] = command.Counter;
        if (command.Type == (byte)CommandType.Chime)
        {
            if (!_chimes.TryGetValue(node, out var sent))
            {
                _chimes[node] = sent = [];
            }

            sent.Add(command.Expires);
        }
    }

    /// <summary>
    /// Takes one chime that was asked of the node and had not expired at an instant (Unix ms); false when there is none.
    /// </summary>
    public bool TakeChime(string node, long instant) =>
        _chimes.TryGetValue(node, out var sent)
            && sent.FindIndex(expires => expires >= instant) is >= 0 and var at && RemoveAt(sent, at);

    private static bool RemoveAt(List<long> list, int index)
    {
        list.RemoveAt(index);
        return true;
    }
}
