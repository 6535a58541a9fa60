using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SmartRadio.Controller;

/// <summary>Settings that a room brings. A value that cannot be stops the start, with a sentence that names its key.</summary>
public static class RoomOptions
{
    /// <summary>The section of all settings but those of the sound library.</summary>
    public const string Section = "SmartRadio";

    /// <summary>Reads a room's options.</summary>
    /// <typeparam name="T">Its properties are keys of the section, each by its name or its
    /// <see cref="ConfigurationKeyNameAttribute"/>.</typeparam>
    /// <param name="services">Of the host, with its configuration.</param>
    /// <param name="section">The path of the section.</param>
    public static IServiceCollection AddRoomOptions<T>(this IServiceCollection services, string section = Section)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<T>>(new Check<T>(section));
    }

    /// <summary>The key of a property within its section.</summary>
    public static string KeyOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    /// <summary>Checks the attributes. The library's own check would name the property, which people do not know.</summary>
    private sealed class Check<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var wrong = (
                from property in typeof(T).GetProperties()
                let value = property.GetValue(options)
                from rule in property.GetCustomAttributes<ValidationAttribute>()
                where !rule.IsValid(value)
                select $"{rule.FormatErrorMessage($"{section}:{KeyOf(property)}")} It is {value}.").ToList();
            return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
        }
    }
}
