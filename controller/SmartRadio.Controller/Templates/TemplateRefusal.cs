namespace SmartRadio.Controller.Templates;

/// <summary>Why something about templates was refused.</summary>
[RefusalCodes]
public static class TemplateRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownTemplate = nameof(UnknownTemplate);

    /// <summary>With the most templates of an area.</summary>
    public const string TooManyTemplates = nameof(TooManyTemplates);

    /// <summary>With the most templates of all areas.</summary>
    public const string TooManyTemplatesInAll = nameof(TooManyTemplatesInAll);

    /// <summary>With the blanks that were not filled.</summary>
    public const string BlanksLeft = nameof(BlanksLeft);
}
