namespace SmartRadio.Controller.Areas;

/// <summary>Why something about areas was refused.</summary>
[RefusalCodes]
public static class AreaRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownArea = nameof(UnknownArea);

    [Refusal(RefusalKind.Conflict)]
    public const string AreaCodeTaken = nameof(AreaCodeTaken);

    [Refusal(RefusalKind.Conflict)]
    public const string AreaNotEmpty = nameof(AreaNotEmpty);
}
