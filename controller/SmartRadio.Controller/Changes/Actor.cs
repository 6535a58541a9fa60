namespace SmartRadio.Controller.Changes;

/// <summary>Who does something: the person behind a page, an API key, or the program itself.</summary>
/// <param name="PersonId">Null for the program itself.</param>
/// <param name="Name">As shown on screens; the audit log adds the account.</param>
public sealed record Actor(string? PersonId, string Name)
{
    /// <summary>The program acting on its own, for example when a schedule comes due.</summary>
    public static Actor Program { get; } = new(null, "SmartRadio");

    /// <summary>The API key that acts for the person, which may do less than the person; null on pages.</summary>
    public long? KeyId { get; init; }

    /// <summary>Whence the request came, for the audit log; null where none came over the network.</summary>
    public string? Address { get; init; }

    /// <summary>
    /// The one-time token of the form, or the API's idempotency key: what was done with it once is not done again. Null where
    /// none was sent.
    /// </summary>
    public string? RequestKey { get; init; }
}
