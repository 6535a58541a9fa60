namespace SmartRadio.Controller.Bulletins;

/// <summary>Why something about bulletins and their sound was refused.</summary>
[RefusalCodes]
public static class BulletinRefusal
{
    public const string UnknownVoice = nameof(UnknownVoice);

    /// <summary>With the most bulletins.</summary>
    public const string TooManyBulletins = nameof(TooManyBulletins);

    /// <summary>With the most sounds that are prepared at once.</summary>
    [Refusal(RefusalKind.TooMany)]
    public const string SoundsAtWork = nameof(SoundsAtWork);

    /// <summary>With the most sounds that one person has prepared at once.</summary>
    [Refusal(RefusalKind.TooMany)]
    public const string OwnSoundsAtWork = nameof(OwnSoundsAtWork);

    public const string FileMissing = nameof(FileMissing);

    public const string FileEmpty = nameof(FileEmpty);

    [Refusal(RefusalKind.TooLarge)]
    public const string FileTooLarge = nameof(FileTooLarge);

    public const string NotAudio = nameof(NotAudio);

    /// <summary>With where the sound ends.</summary>
    public const string Truncated = nameof(Truncated);

    /// <summary>The index at the end of the file is missing.</summary>
    public const string Unfinished = nameof(Unfinished);

    public const string SoundTooLong = nameof(SoundTooLong);

    public const string SoundTooShort = nameof(SoundTooShort);

    public const string Silent = nameof(Silent);

    [Refusal(RefusalKind.Unavailable)]
    public const string PreparationTimedOut = nameof(PreparationTimedOut);

    [Refusal(RefusalKind.Unavailable)]
    public const string FfmpegMissing = nameof(FfmpegMissing);

    [Refusal(RefusalKind.Unavailable)]
    public const string EspeakMissing = nameof(EspeakMissing);

    [Refusal(RefusalKind.Unavailable)]
    public const string SpeechFailed = nameof(SpeechFailed);

    /// <summary>With the language of a voice that does not answer: no other voice speaks it.</summary>
    [Refusal(RefusalKind.Unavailable)]
    public const string VoiceSilent = nameof(VoiceSilent);

    public const string PreparationFailed = nameof(PreparationFailed);

    /// <summary>Something outside ended the program that prepares sound.</summary>
    [Refusal(RefusalKind.Unavailable)]
    public const string PreparationKilled = nameof(PreparationKilled);

    /// <summary>The voice crashed at a piece of the text.</summary>
    public const string SpeechCrashed = nameof(SpeechCrashed);

    /// <summary>ffmpeg crashed on the file.</summary>
    public const string FileCrashed = nameof(FileCrashed);

    [Refusal(RefusalKind.Unknown)]
    public const string UnknownBulletin = nameof(UnknownBulletin);

    [Refusal(RefusalKind.Conflict)]
    public const string NotApproved = nameof(NotApproved);

    [Refusal(RefusalKind.Conflict)]
    public const string AlreadyApproved = nameof(AlreadyApproved);

    [Refusal(RefusalKind.Conflict)]
    public const string BulletinWithdrawn = nameof(BulletinWithdrawn);

    /// <summary>Its author has to know what to mend.</summary>
    public const string RemarkMissing = nameof(RemarkMissing);

    /// <summary>With the most characters.</summary>
    public const string RemarkTooLong = nameof(RemarkTooLong);

    /// <summary>It was aired, is planned, or sounds in others.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string BulletinInUse = nameof(BulletinInUse);

    [Refusal(RefusalKind.Forbidden)]
    public const string AuthorIsApprover = nameof(AuthorIsApprover);

    [Refusal(RefusalKind.Conflict)]
    public const string SoundChanged = nameof(SoundChanged);

    /// <summary>Somebody returned it after the approver read its page.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string ReturnedMeanwhile = nameof(ReturnedMeanwhile);

    /// <summary>A sound that it was to be made of was changed, withdrawn or deleted meanwhile.</summary>
    public const string PartChanged = nameof(PartChanged);

    /// <summary>A siren opens or closes only what somebody makes who releases emergencies.</summary>
    [Refusal(RefusalKind.Forbidden)]
    public const string SirenNeedsAlert = nameof(SirenNeedsAlert);

    public const string UnknownMelody = nameof(UnknownMelody);

    /// <summary>With the longest melody.</summary>
    public const string MelodyTooLong = nameof(MelodyTooLong);

    /// <summary>Only the author trims: whoever changes a sound must not be the one who approves it.</summary>
    [Refusal(RefusalKind.Forbidden)]
    public const string NotAuthor = nameof(NotAuthor);

    /// <summary>A programme is trimmed in its bulletins.</summary>
    public const string NotTrimmable = nameof(NotTrimmable);

    /// <summary>A programme or a melody is in no language of its own.</summary>
    public const string NoWords = nameof(NoWords);

    /// <summary>With the language that the bulletin has words in already.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string LanguageTaken = nameof(LanguageTaken);

    /// <summary>The kept stretch lies outside the words, or is shorter than a second.</summary>
    public const string StretchTooShort = nameof(StretchTooShort);

    /// <summary>With the slowest and the fastest pace.</summary>
    public const string SpeedOutOfRange = nameof(SpeedOutOfRange);

    /// <summary>With the lowest and the highest pitch.</summary>
    public const string PitchOutOfRange = nameof(PitchOutOfRange);
}
