namespace SmartRadio.Controller.Access.Accounts;

/// <summary>A link that lets a person choose a password, once. A person has at most one; a new one ends the one before.</summary>
public sealed class Invitation
{
    public required string PersonId { get; set; }

    /// <summary>SHA-256 of the token, which is 32 random bytes and needs no salt.</summary>
    public required byte[] Hash { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>A link that was made just now.</summary>
/// <param name="PersonId">Whom it lets in.</param>
/// <param name="DisplayName">That person's name on screens.</param>
/// <param name="Token">To be shown once; only its hash is kept.</param>
/// <param name="ExpiresAt">From then on it opens nothing.</param>
public sealed record NewInvitation(string PersonId, string DisplayName, string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => $"invitation of {PersonId}";
}
