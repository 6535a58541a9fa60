using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Shared.Api;

/// <summary>
/// Refuses query parameters that an operation does not have, and values that are not of their kind: a misspelt filter would
/// else answer with everything. What an operation has is read from its description, which /openapi/v1.json is made of too.
/// </summary>
internal sealed class QueryCheck(IApiDescriptionGroupCollectionProvider descriptions)
{
    private static readonly object AsWritten = new();

    private readonly Lazy<FrozenDictionary<string, FrozenDictionary<string, ApiParameterDescription>>> _operations = new(
        () => descriptions
        .ApiDescriptionGroups.Items.SelectMany(group => group.Items)
        .ToFrozenDictionary(
            operation => $"{operation.HttpMethod} {operation.RelativePath}",
            operation => operation.ParameterDescriptions
                .Where(parameter => parameter.Source == BindingSource.Query)
                .ToFrozenDictionary(parameter => parameter.Name, StringComparer.Ordinal),
            StringComparer.Ordinal));

    /// <summary>The query as the caller wrote it.</summary>
    public static IQueryCollection Written(HttpContext context) =>
        context.Items[AsWritten] as IQueryCollection ?? context.Request.Query;

    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Query.Count == 0 || context.GetEndpoint() is not RouteEndpoint endpoint
            || endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true
            || !_operations.Value.TryGetValue(
                $"{context.Request.Method} {endpoint.RoutePattern.RawText?.TrimStart('/')}", out var known))
        {
            return next(context);
        }

        var read = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (name, values) in context.Request.Query)
        {
            if (!known.TryGetValue(name, out var parameter))
            {
                var names = known.Count == 0 ? "–" : string.Join(", ", known.Keys.Order(StringComparer.Ordinal));
                return Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "UnknownParameter", name, names);
            }

            if (!Fits(parameter.Type, values))
            {
                return Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "MalformedParameter", name);
            }

            if (RangeOf(parameter) is { } range && !range.IsValid(int.Parse(values.ToString(), CultureInfo.InvariantCulture)))
            {
                return Problems.WriteAsync(
                    context, StatusCodes.Status400BadRequest, "ParameterOutOfRange", name, range.Minimum, range.Maximum);
            }

            // The framework reads members of enumerations by their case in the program.
            read[name] = KindOf(parameter.Type) is { IsEnum: true } kind
                ? Enum.Parse(kind, values.ToString(), ignoreCase: true).ToString()
                : values;
        }

        context.Items[AsWritten] = context.Request.Query;
        context.Request.Query = new QueryCollection(read);

        return next(context);
    }

    private static RangeAttribute? RangeOf(ApiParameterDescription parameter) =>
        (parameter.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo.GetCustomAttribute<RangeAttribute>();

    private static Type KindOf(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool Fits(Type type, StringValues values)
    {
        var kind = KindOf(type);
        return values is [{ Length: > 0 } text] && kind switch
        {
            { IsEnum: true } => Enum.GetNames(kind).Contains(text, StringComparer.OrdinalIgnoreCase),
            _ when kind == typeof(int) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ when kind == typeof(long) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ when kind == typeof(bool) => bool.TryParse(text, out _),
            _ when kind == typeof(DateTimeOffset) => InstantJson.IsInstant(text),
            _ => true,
        };
    }
}
