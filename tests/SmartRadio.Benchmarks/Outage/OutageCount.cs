namespace SmartRadio.Benchmarks.Outage;

/// <summary>What became of one broadcast, in nodes.</summary>
internal sealed class OutageCount
{
    /// <summary>It was not heard whole, or the controller does not know that it was.</summary>
    public int Lost { get; set; }

    /// <summary>It was begun twice, or more of it was heard than there is.</summary>
    public int Doubled { get; set; }

    /// <summary>It was begun after its latest start.</summary>
    public int Late { get; set; }

    /// <summary>How many ms after the planned start each node began, on its own clock.</summary>
    public List<double> Behind { get; } = [];
}
