namespace SmartRadio.EndToEnd.Surroundings;

// The members of the API's answers that the tests look at.
/// <param name="Parts">What sounds, in order; null in lists.</param>
internal sealed record BulletinAnswer(long Id, double LengthSeconds, IReadOnlyList<PartAnswer>? Parts);

internal sealed record PartAnswer(string Kind, double StartSeconds, double LengthSeconds);

internal sealed record AreaAnswer(long Id, long? ParentId, string Level);

internal sealed record NodeAnswer(
    string Id, string Name, long AreaId, bool Online, int Volume, int ReportedVolume, string Firmware);

internal sealed record PersonAnswer(string Id, string UserName);

internal sealed record ReleaseAnswer(long Id);

/// <param name="Next">The next air time.</param>
internal sealed record ScheduleAnswer(long Id, DateTimeOffset? Next);

internal sealed record ComplaintAddressAnswer(string NodeId, string? Path, bool Open);

internal sealed record RolloutNodeAnswer(string NodeId, string Step, string Failure);

internal sealed record RolloutAnswer(long Id, string State, int Stage, IReadOnlyList<RolloutNodeAnswer> Nodes)
{
    public override string ToString() => $"rollout {Id}: {State}, stage {Stage}, {string.Join(' ', Nodes)}";
}

/// <param name="Secret">32 bytes in hexadecimal.</param>
internal sealed record EnrolledAnswer(
    [property: System.Text.Json.Serialization.JsonPropertyName("nodeId")] string Id, string Secret);

internal sealed record CodeAnswer(string Code);

internal sealed record EnrolmentAnswer(string Id);

internal sealed record ReceiptAnswer(
    string NodeId, string State, string Reason, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long Samples);

/// <param name="Receipts">One a node; null in lists.</param>
internal sealed record BroadcastAnswer(
    long Id, long BulletinId, string State, DateTimeOffset Start, int Should, int Played, int Failed,
    IReadOnlyList<ReceiptAnswer>? Receipts)
{
    /// <summary>What each node did.</summary>
    public IReadOnlyList<ReceiptAnswer> Nodes => Receipts ?? [];

    public override string ToString() => $"broadcast {Id}: {State}, {string.Join(' ', Nodes)}";
}

internal sealed record ClockAnswer(string State, DateTimeOffset Machine, DateTimeOffset Program);

internal sealed record ProblemAnswer(string Code, string Detail);
