namespace SmartRadio.Web.Shared;

/// <summary>
/// How large a form with a sound may be. The controller's own limit on the sound is smaller and has the clearer sentence.
/// </summary>
internal static class UploadLimits
{
    /// <summary>Bytes of the whole request.</summary>
    public const long Request = 202_000_000;
}
