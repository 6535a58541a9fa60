using System.Collections;
using SmartRadio.Controller.Link.Usage;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// A node that listens for an object until it has all of it, and pays for every chunk that is sent round meanwhile.
/// </summary>
internal sealed class Hearer(DataMeter meter, int chunks)
{
    private readonly BitArray _had = new(chunks);
    private int _count;

    /// <summary>A chunk went to it, alone or with all others.</summary>
    public void Sent(int index, int bytes)
    {
        if (_count == _had.Length)
        {
            return;
        }

        meter.Add(bytes);
        _count += _had[index] ? 0 : 1;
        _had[index] = true;
    }

    /// <summary>It asks for a chunk: what was sent of it did not arrive.</summary>
    public void Lacks(int index)
    {
        _count -= _had[index] ? 1 : 0;
        _had[index] = false;
    }
}
