using System.Collections;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>A node that asked for chunks of an object, and which of them it still lacks.</summary>
internal sealed class Listener(string nodeId, int chunks)
{
    private readonly BitArray _lacks = new(chunks);
    private int _from;

    public string NodeId { get; } = nodeId;

    /// <summary>How many chunks it lacks.</summary>
    public int Lacks { get; private set; }

    /// <summary>Until then its line is taken by what was sent to it alone.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>Whether it stands in the row of those that lack something.</summary>
    public bool IsQueued { get; set; }

    /// <returns>False when it was known already.</returns>
    public bool Add(int index)
    {
        if (_lacks[index])
        {
            return false;
        }

        _lacks[index] = true;
        _from = Math.Min(_from, index);
        Lacks++;
        return true;
    }

    /// <returns>False when it did not lack it.</returns>
    public bool Remove(int index)
    {
        if (!_lacks[index])
        {
            return false;
        }

        _lacks[index] = false;
        Lacks--;
        return true;
    }

    /// <summary>The first chunk it lacks that fits; null when none does.</summary>
    public int? First(Func<int, bool> fits)
    {
        while (_from < _lacks.Length && !_lacks[_from])
        {
            _from++;
        }

        for (var index = _from; index < _lacks.Length; index++)
        {
            if (_lacks[index] && fits(index))
            {
                return index;
            }
        }

        return null;
    }
}
