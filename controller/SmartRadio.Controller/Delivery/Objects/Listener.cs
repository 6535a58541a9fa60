using System.Collections;
using SmartRadio.Controller.Link.Usage;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// A node that listens for an object, and which of its chunks it lacks. One that has not asked yet is taken to lack all that was
/// not sent to all since.
/// </summary>
internal sealed class Listener(string nodeId, int chunks, DataMeter meter, NodeLine line)
{
    // A node whose last chunk came asks again after two seconds at the earliest: only then is a chunk known to be lost.
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(2);

    private readonly BitArray _lacks = new(chunks, true);
    private readonly Queue<(int Index, DateTimeOffset At)> _sent = new();

    public string NodeId { get; } = nodeId;

    /// <summary>What was sent to it this month.</summary>
    public DataMeter Meter { get; } = meter;

    public NodeLine Line { get; } = line;

    /// <summary>How many chunks it lacks. While it lacks any, it pays for what is sent to all.</summary>
    public int Lacking { get; private set; } = chunks;

    public bool HasAsked { get; set; }

    /// <summary>Until then it is known that the node is to have the object.</summary>
    public DateTimeOffset NamedUntil { get; set; }

    public bool Lacks(int index) => _lacks[index];

    /// <returns>False when it was so before.</returns>
    public bool Set(int index, bool lacks)
    {
        if (_lacks[index] == lacks)
        {
            return false;
        }

        _lacks[index] = lacks;
        Lacking += lacks ? 1 : -1;
        return true;
    }

    /// <summary>A chunk went to it alone.</summary>
    public void Sent(int index, DateTimeOffset now) => _sent.Enqueue((index, now));

    /// <summary>Whether a chunk went to it alone so shortly ago that it may be on its way.</summary>
    public bool MayComeYet(int index, DateTimeOffset now)
    {
        while (_sent.TryPeek(out var oldest) && oldest.At + AgainAfter <= now)
        {
            _sent.Dequeue();
        }

        return _sent.Any(sent => sent.Index == index);
    }
}
