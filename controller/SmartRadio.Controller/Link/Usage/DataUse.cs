namespace SmartRadio.Controller.Link.Usage;

/// <summary>Bytes that were sent to one node in one month. A newer count makes a new value.</summary>
public sealed record DataUse
{
    public required string NodeId { get; init; }

    /// <summary>Year and month on the wall clock here, as 202611.</summary>
    public required int Month { get; init; }

    public long Bytes { get; init; }
}

/// <summary>
/// What may be sent to a node in a month before only the night and the smallest codec are left for what is fetched ahead.
/// </summary>
public sealed class DataBudget
{
    public required string NodeId { get; set; }

    public long Bytes { get; set; }
}
