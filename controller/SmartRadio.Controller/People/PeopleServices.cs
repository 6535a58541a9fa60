using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.People;

internal static class PeopleServices
{
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
        return services.AddSingleton<PeopleQuery>();
    }
}
