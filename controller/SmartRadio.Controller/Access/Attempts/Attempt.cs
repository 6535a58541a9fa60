namespace SmartRadio.Controller.Access.Attempts;

/// <summary>What somebody tried in vain.</summary>
/// <param name="Action">As in the audit log, one of the constants.</param>
/// <param name="Subject">"person lan" of an account that is there; empty when it is none, for what strangers type may be a
/// password.</param>
/// <param name="Address">Whence, as limits count it.</param>
/// <param name="Place">What was asked for, or empty.</param>
public sealed record Attempt(string Action, string Subject, string Address, string Place = "")
{
    public const string SignIn = "session.refuse";

    /// <summary>In place of what was asked for: the try came too soon, and the password was not looked at.</summary>
    public const string Paced = "paced";

    public const string ApiKey = "apikey.refuse";

    public const string EnrolmentCode = "node.code-refuse";

    /// <summary>Somebody who is signed in asked for what the roles do not allow.</summary>
    public const string Right = "person.refuse";

    /// <summary>
    /// What no page of ours sends, what a rule refused, or what came too often: whoever tries to get around checks leaves these.
    /// </summary>
    public const string Input = "person.input-refuse";
}
