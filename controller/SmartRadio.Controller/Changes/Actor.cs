namespace SmartRadio.Controller.Changes;

/// <summary>Who does something: the person behind a page, an API key, or the program itself.</summary>
/// <param name="PersonId">Null for the program itself.</param>
/// <param name="Name">As written into the audit log.</param>
public sealed record Actor(string? PersonId, string Name)
{
    /// <summary>The program acting on its own, for example when a schedule comes due.</summary>
    public static Actor Program { get; } = new(null, "SmartRadio");
}
