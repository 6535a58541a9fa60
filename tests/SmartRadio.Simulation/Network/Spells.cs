using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Network;

/// <summary>When something held, from when to when.</summary>
internal sealed class Spells(Agenda agenda)
{
    private readonly List<(long From, long To)> _over = [];
    private long? _since;

    /// <summary>Notes how things stand from now on.</summary>
    public void Note(bool holds)
    {
        if (!holds && _since is { } since)
        {
            _over.Add((since, agenda.Now));
        }

        _since = holds ? _since ?? agenda.Now : null;
    }

    /// <summary>True when it held without a break from one instant (µs) to another.</summary>
    public bool Cover(long from, long to) => _since <= from || _over.Exists(spell => spell.From <= from && spell.To >= to);
}
