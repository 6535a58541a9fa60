using Microsoft.AspNetCore.Identity;

namespace SmartRadio.Controller.People;

/// <summary>Which passwords are taken.</summary>
internal static class Passwords
{
    /// <summary>
    /// Gives a person a password and makes what was signed in with the one before worthless. Nothing is written to the database.
    /// </summary>
    /// <exception cref="RefusedException"><see cref="PersonRefusal.PasswordTooWeak"/> with the least length.</exception>
    public static async Task SetAsync(UserManager<Person> people, Person person, string? password)
    {
        foreach (var rule in people.PasswordValidators)
        {
            if (password is null || !(await rule.ValidateAsync(people, person, password)).Succeeded)
            {
                throw new RefusedException(PersonRefusal.PasswordTooWeak, people.Options.Password.RequiredLength);
            }
        }

        person.PasswordHash = people.PasswordHasher.HashPassword(person, password!);
        person.SecurityStamp = Guid.NewGuid().ToString();
    }
}
