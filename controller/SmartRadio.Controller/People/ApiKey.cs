namespace SmartRadio.Controller.People;

/// <summary>A key for programs that act as a person. Only its hash is kept; the key itself is shown once.</summary>
public sealed class ApiKey
{
    public long Id { get; set; }

    public required string PersonId { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the key, which is 32 random bytes and needs no salt.</summary>
    public required byte[] Hash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
