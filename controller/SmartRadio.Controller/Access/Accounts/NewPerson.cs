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
        if (await Alike(db, person.UserNameLook).FirstOrDefaultAsync(cancellationToken) is { } account)
        {
            throw new RefusedException(PersonRefusal.NameLooksTaken, person.UserName!, account.UserName!);
        }

        if (await Alike(db, person.DisplayNameLook).FirstOrDefaultAsync(cancellationToken) is { } shown)
        {
            throw new RefusedException(PersonRefusal.NameLooksTaken, person.DisplayName, shown.DisplayName);
        }
    }

    /// <summary>People of whom one of both names has a look; two indexes find them.</summary>
    internal static IQueryable<Person> Alike(RadioDb db, string look) =>
        db.Users.AsNoTracking().Where(person => person.UserNameLook == look || person.DisplayNameLook == look);
}
