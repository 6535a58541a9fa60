namespace SmartRadio.Controller.Complaints;

/// <summary>Why something about complaints was refused.</summary>
[RefusalCodes]
public static class ComplaintRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownComplaint = nameof(UnknownComplaint);

    public const string ComplaintWordsMissing = nameof(ComplaintWordsMissing);

    /// <summary>With the most characters.</summary>
    public const string ComplaintWordsTooLong = nameof(ComplaintWordsTooLong);

    public const string ComplaintAnswerMissing = nameof(ComplaintAnswerMissing);

    /// <summary>With the most characters.</summary>
    public const string ComplaintPhoneWrong = nameof(ComplaintPhoneWrong);

    /// <summary>It lies ahead, or too long ago; with the most days.</summary>
    public const string ComplaintTimeOutOfRange = nameof(ComplaintTimeOutOfRange);

    /// <summary>With the most complaints that are kept.</summary>
    public const string TooManyComplaints = nameof(TooManyComplaints);

    /// <summary>With the most that one person notes within a day.</summary>
    [Refusal(RefusalKind.TooMany)]
    public const string TooManyDayComplaints = nameof(TooManyDayComplaints);

    /// <summary>Somebody else answered it since it was read.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string ComplaintAnsweredMeanwhile = nameof(ComplaintAnsweredMeanwhile);

    [Refusal(RefusalKind.Conflict)]
    public const string ComplaintClosed = nameof(ComplaintClosed);

    [Refusal(RefusalKind.Conflict)]
    public const string ComplaintNotClosed = nameof(ComplaintNotClosed);

    /// <summary>The public form is off, or its address is another one now.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string PublicFormOff = nameof(PublicFormOff);

    /// <summary>Too many came by the public form within an hour.</summary>
    [Refusal(RefusalKind.TooMany)]
    public const string PublicFormBusy = nameof(PublicFormBusy);
}
