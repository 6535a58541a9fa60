namespace SmartRadio.Controller.Programmes;

/// <summary>Why a programme was refused.</summary>
[RefusalCodes]
public static class ProgrammeRefusal
{
    public const string NoBulletins = nameof(NoBulletins);

    /// <summary>With the most bulletins of one programme.</summary>
    public const string TooManyProgrammeBulletins = nameof(TooManyProgrammeBulletins);
}
