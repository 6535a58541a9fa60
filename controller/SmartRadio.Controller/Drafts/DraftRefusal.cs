namespace SmartRadio.Controller.Drafts;

/// <summary>Why something about drafts was refused.</summary>
[RefusalCodes]
public static class DraftRefusal
{
    /// <summary>With the most drafts of a person.</summary>
    public const string TooManyDrafts = nameof(TooManyDrafts);
}
