using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.People;

internal static class PeopleServices
{
    /// <summary>Of PBKDF2 with HMAC-SHA-512, by OWASP's Password Storage Cheat Sheet. Hashes are renewed at sign-in.</summary>
    private const int HashRounds = 210_000;

    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<ILookupNormalizer, UserNameForm>();
        services.AddIdentityCore<Person>(options =>
        {
            // NIST SP 800-63B, 5.1.1.2: length and no guessing, no rules of composition.
            options.Password.RequiredLength = 10;
            options.Password.RequiredUniqueChars = 5;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
        }).AddEntityFrameworkStores<RadioDb>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashRounds);
        return services.AddSingleton<PeopleQuery>().AddSingleton<IDerivedColumns, PersonLooks>();
    }
}
