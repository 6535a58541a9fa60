namespace SmartRadio.Web.Shared;

/// <summary>
/// On what renews or ends the session. If it comes without a session, the press before may have done its work: the sign-in page
/// does not say that nothing was done.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RenewsSessionAttribute : Attribute;
