namespace SmartRadio.Controller;

/// <summary>Why something a person asked for was not done. The screens hold a Vietnamese and an English sentence for each.</summary>
public enum Refusal
{
    // Text and names
    TitleMissing,
    TitleTooLong,
    NameMissing,
    NameTooLong,
    ControlCharacters,
    TextMissing,
    TextTooLong,
    UnknownVoice,

    // Sound
    FileMissing,
    FileEmpty,
    FileTooLarge,
    NotAudio,
    Truncated,
    SoundTooLong,
    SoundTooShort,
    Silent,
    PreparationTimedOut,
    FfmpegMissing,
    EspeakMissing,
    SpeechFailed,
    PreparationFailed,
    DiskFull,

    // Bulletins
    UnknownBulletin,
    NotApproved,
    AlreadyApproved,
    AuthorIsApprover,
    SoundChanged,

    // Broadcasts and schedules
    UnknownBroadcast,
    UnknownSchedule,
    AudienceEmpty,
    AudienceHasNoNodes,
    UnknownArea,
    UnknownNode,
    StartInPast,
    StartTooFar,
    EndBeforeStart,
    NoWeekday,
    NoOccurrence,
    RepeatsOutOfRange,
    GapOutOfRange,
    ToleranceOutOfRange,
    UnknownClass,
    InQuietHours,
    AlreadyOver,

    // Areas, nodes, people
    AreaCodeTaken,
    AreaNotEmpty,
    VolumeOutOfRange,
    DataBudgetOutOfRange,
    NodeOffline,
    NodeRevoked,
    NodeHasDevice,
    EnrolmentCodeWrong,
    EnrolmentCodeUsed,
    EnrolmentCodeExpired,
    EnrolmentNeedsTls,
    UnknownApiKey,

    // Releases
    ReleaseNotAProgram,
    ReleaseTooLarge,
    ReleaseVersionWrong,
    ReleaseVersionTaken,
    UnknownRelease,
    UnknownRollout,
    RolloutRunning,
    RolloutOver,
    NoFirstNodes,

    NotAllowed,
    SignInFailed,
    LockedOut,
    PasswordTooWeak,
    PasswordWrong,
    UserNameTaken,

    // Requests
    Malformed,
}

/// <summary>Thrown by a command that is not carried out; nothing was changed.</summary>
/// <param name="refusal">Why.</param>
/// <param name="values">What the sentence names: a limit, a name, an instant.</param>
public sealed class RefusedException(Refusal refusal, params object[] values) : Exception(refusal.ToString())
{
    public Refusal Refusal { get; } = refusal;

    public IReadOnlyList<object> Values { get; } = values;
}
