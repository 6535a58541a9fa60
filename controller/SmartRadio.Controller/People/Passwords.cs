using Microsoft.AspNetCore.Identity;

namespace SmartRadio.Controller.People;

/// <summary>Which passwords are taken.</summary>
internal static class Passwords
{
    /// <summary>
    /// Gives a person a password and makes what was signed in with the one before worthless. Nothing is written to the database.
    /// </summary>
    /// <param name="people">Rules and hash.</param>
    /// <param name="person">Who gets it.</param>
    /// <param name="password">As typed.</param>
    /// <param name="words">Names that whoever knows the person and the commune tries first.</param>
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordTooWeak"/> with the least length, <see cref="PersonRefusal.PasswordGuessable"/>.
    /// </exception>
    public static async Task SetAsync(
        UserManager<Person> people, Person person, string? password, IReadOnlyList<string> words)
    {
        foreach (var rule in people.PasswordValidators)
        {
            if (password is null || !(await rule.ValidateAsync(people, person, password)).Succeeded)
            {
                throw new RefusedException(PersonRefusal.PasswordTooWeak, people.Options.Password.RequiredLength);
            }
        }

        if (GuessablePassword.Is(password!, words))
        {
            throw new RefusedException(PersonRefusal.PasswordGuessable);
        }

        person.PasswordHash = people.PasswordHasher.HashPassword(person, password!);
        person.SecurityStamp = Guid.NewGuid().ToString();
    }
}
