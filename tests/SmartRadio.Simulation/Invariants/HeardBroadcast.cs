namespace SmartRadio.Simulation.Invariants;

/// <summary>What was heard of one broadcast from one node.</summary>
internal sealed class HeardBroadcast
{
    private readonly List<long> _ends = [];

    /// <summary>Samples that left the output, gaps not counted.</summary>
    public long Samples { get; private set; }

    /// <summary>The sample after the last one heard.</summary>
    public long Position { get; private set; }

    /// <summary>The sample behind the gaps that came since: it may go on there, too.</summary>
    public long BehindGap { get; private set; }

    public int Starts { get; private set; }

    /// <summary>Samples of its last stretch.</summary>
    public long Latest => Samples - (_ends.Count > 0 ? _ends[^1] : 0);

    public void Begin()
    {
        if (Starts > 0)
        {
            _ends.Add(Samples);
        }

        Starts++;
    }

    public void Take(int samples, long position)
    {
        Samples += samples;
        Position = position;
        BehindGap = position;
    }

    /// <summary>The last samples did not leave after all: it may go on where they began.</summary>
    public void Cut(long samples)
    {
        Samples -= samples;
        Position = Math.Max(0, Position - samples);
    }

    public void Pass(long position) => BehindGap = Math.Max(BehindGap, position);

    /// <summary>Whether so many had been heard when one of its stretches ended.</summary>
    public bool EndedWith(long samples) => samples == Samples || _ends.Contains(samples);
}
