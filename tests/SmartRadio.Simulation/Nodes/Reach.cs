namespace SmartRadio.Simulation;

/// <summary>When a node could be reached without any disturbance: power, line, clock and controller all well, and nobody tampering.</summary>
internal sealed class Reach(Agenda agenda)
{
    private long? _since;

    /// <summary>Notes how things stand now.</summary>
    public void Note(bool undisturbed) => _since = undisturbed ? _since ?? agenda.Now : null;

    /// <summary>True when nothing disturbed it from an instant (µs) until now.</summary>
    public bool Since(long instant) => _since <= instant;
}
