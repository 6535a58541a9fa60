namespace SmartRadio.Controller.Areas;

/// <summary>Why something about areas was refused.</summary>
[RefusalCodes]
public static class AreaRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownArea = nameof(UnknownArea);

    [Refusal(RefusalKind.Conflict)]
    public const string AreaCodeTaken = nameof(AreaCodeTaken);

    /// <summary>With kind and name, and those of the area beside it that they look like.</summary>
    public const string AreaLooksTaken = nameof(AreaLooksTaken);

    /// <summary>With the most levels.</summary>
    public const string AreasTooDeep = nameof(AreasTooDeep);

    /// <summary>With the most areas.</summary>
    public const string TooManyAreas = nameof(TooManyAreas);

    /// <summary>With the most languages.</summary>
    public const string TooManyLanguages = nameof(TooManyLanguages);

    /// <summary>With the language that stands in the order twice.</summary>
    public const string LanguageTwice = nameof(LanguageTwice);

    /// <summary>With the most steps, the least and the most percent.</summary>
    public const string DayVolumeOutOfRange = nameof(DayVolumeOutOfRange);

    [Refusal(RefusalKind.Conflict)]
    public const string AreaNotEmpty = nameof(AreaNotEmpty);
}
