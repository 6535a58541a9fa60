namespace SmartRadio.EndToEnd.Surroundings;

// The members of the API's answers that the tests look at.
internal sealed record BulletinAnswer(long Id, double LengthSeconds);

internal sealed record AreaAnswer(long Id, long? ParentId, string Level);

internal sealed record NodeAnswer(string Id, string Name, long AreaId, bool Online, int Volume, int ReportedVolume);

/// <param name="Secret">32 bytes in hexadecimal.</param>
internal sealed record EnrolledAnswer(string Id, string Secret);

internal sealed record BroadcastAnswer(
    long Id, long BulletinId, string Class, string State, bool OnAir, DateTimeOffset Start, int Should, int Played, int Failed);

internal sealed record TargetAnswer(string NodeId, string State, string Reason, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long Samples);

internal sealed record ProofAnswer(BroadcastAnswer Broadcast, IReadOnlyList<TargetAnswer> Targets)
{
    public override string ToString() => $"{Broadcast} {string.Join(' ', Targets)}";
}

internal sealed record ProblemAnswer(string Code, string Detail);
