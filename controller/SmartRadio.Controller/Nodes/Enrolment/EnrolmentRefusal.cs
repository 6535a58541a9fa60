namespace SmartRadio.Controller.Nodes.Enrolment;

/// <summary>Why something about enrolment was refused.</summary>
[RefusalCodes]
public static class EnrolmentRefusal
{
    public const string EnrolmentCodeWrong = nameof(EnrolmentCodeWrong);

    public const string EnrolmentCodeUsed = nameof(EnrolmentCodeUsed);

    public const string EnrolmentCodeExpired = nameof(EnrolmentCodeExpired);

    [Refusal(RefusalKind.Forbidden)]
    public const string EnrolmentNeedsTls = nameof(EnrolmentNeedsTls);
}
