using Microsoft.AspNetCore.Identity;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Makes a person, checked, without a password.</summary>
internal static class NewPerson
{
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NameMissing"/>, <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>;
    /// <see cref="Refusal.Malformed"/> for other characters in the user name.
    /// </exception>
    public static Person Of(UserManager<Person> people, string userName, string displayName)
    {
        var name = PlainText.Name(userName);
        return name.All(letter => people.Options.User.AllowedUserNameCharacters.Contains(letter, StringComparison.Ordinal))
            ? new Person
            {
                UserName = name,
                NormalizedUserName = people.NormalizeName(name),
                DisplayName = PlainText.Name(displayName),
                SecurityStamp = Guid.NewGuid().ToString(),
            }
            : throw new RefusedException(Refusal.Malformed, "userName");
    }
}
