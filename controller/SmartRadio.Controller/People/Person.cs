using Microsoft.AspNetCore.Identity;

namespace SmartRadio.Controller.People;

/// <summary>Somebody who may sign in.</summary>
public sealed class Person : IdentityUser
{
    /// <summary>Name shown on screens and in the audit log.</summary>
    public string DisplayName { get; set; } = string.Empty;

    /// <summary>
    /// <see cref="NameLook"/> of <see cref="IdentityUser{TKey}.UserName"/>, stored so that alike names are found without reading
    /// all.
    /// </summary>
    public string UserNameLook
    {
        get => NameLook.Of(UserName ?? string.Empty);
        private set => _ = value;
    }

    /// <summary>The same of <see cref="DisplayName"/>.</summary>
    public string DisplayNameLook
    {
        get => NameLook.Of(DisplayName);
        private set => _ = value;
    }

    /// <summary>To the minute; null = never, or before this was noted.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>
    /// The last step of 30 s since 1970 whose digits were taken; 0 = none. Saving a person does not write it: it only rises.
    /// </summary>
    public long LastCodeStep { get; set; }
}
