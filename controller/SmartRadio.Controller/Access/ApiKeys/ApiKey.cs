namespace SmartRadio.Controller.Access.ApiKeys;

/// <summary>A key for programs that act as a person. Only its hash is kept; the key itself is shown once.</summary>
public sealed class ApiKey
{
    public long Id { get; set; }

    public required string PersonId { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the key, which is 32 random bytes and needs no salt.</summary>
    public required byte[] Hash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// The roles it is limited to, by name with commas; null = all of the person's, as keys had before they named their roles.
    /// </summary>
    public string? Roles { get; set; }

    /// <summary>The area it is limited to, with all below; null = all of the person's.</summary>
    public long? AreaId { get; set; }

    /// <summary>From then on it opens nothing; null = never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
