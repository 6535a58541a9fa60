using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using SmartRadio.Web.Shared.Repeats;

namespace SmartRadio.Web.Shared;

/// <summary>
/// Refuses a form in which a field stands twice that is read as one value: two titles would else become "t,u", and a check that
/// reads the first would miss the second. A page's list is a list there too.
/// </summary>
internal static class RepeatedFields
{
    private static readonly ConcurrentDictionary<Type, FrozenSet<string>> Lists = new();

    /// <summary>Looks at the forms of pages and at buttons, after the antiforgery check.</summary>
    public static void UseRepeatedFields(this WebApplication app) => app.Use(static async (context, next) =>
    {
        // Stopping is not lost with a form that is odd.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } && context.Request.HasFormContentType
            && !AlwaysCarriedOut.Is(context))
        {
            if (await FormPosts.ReadAsync(context) is not { } form)
            {
                return;
            }

            if (Find(form, ListsOf(context)) is not null)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
        }

        await next(context);
    });

    /// <summary>Name of a field or file that stands there more than once, or null.</summary>
    /// <param name="form">What was sent.</param>
    /// <param name="lists">Fields that may.</param>
    public static string? Find(IFormCollection form, FrozenSet<string> lists) =>
        form.FirstOrDefault(field => field.Value.Count > 1 && !lists.Contains(field.Key)).Key
        ?? form.Files.GroupBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any())?.Key;

    private static FrozenSet<string> ListsOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is { Type: var page }
            ? Lists.GetOrAdd(page, static page => (
                from property in page.GetProperties()
                where property.PropertyType.IsArray
                let field = property.GetCustomAttribute<SupplyParameterFromFormAttribute>()
                where field is not null
                select field.Name ?? property.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase))
            : [];
}
