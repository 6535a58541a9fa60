using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

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

    /// <summary>A reader of the audit log must not take one person for another.</summary>
    /// <exception cref="RefusedException"><see cref="PersonRefusal.NameLooksTaken"/>.</exception>
    public static async Task RefuseAlikeAsync(RadioDb db, Person person, CancellationToken cancellationToken)
    {
        var (account, shown) = (NameLook.Of(person.UserName!), NameLook.Of(person.DisplayName));
        var others = await db.Users.Select(other => new { other.UserName, other.DisplayName }).ToListAsync(cancellationToken);
        foreach (var other in others)
        {
            var (theirAccount, theirShown) = (NameLook.Of(other.UserName!), NameLook.Of(other.DisplayName));
            if (account == theirAccount || account == theirShown)
            {
                throw new RefusedException(PersonRefusal.NameLooksTaken, person.UserName!, other.UserName!);
            }

            if (shown == theirShown || shown == theirAccount)
            {
                throw new RefusedException(PersonRefusal.NameLooksTaken, person.DisplayName, other.DisplayName);
            }
        }
    }
}
