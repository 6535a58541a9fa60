using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Controller;

namespace SmartRadio.Web.Shared.Api;

/// <summary>
/// The part of a list that a caller asks for. An answer that has more rows after it says so in the header "Link".
/// </summary>
public sealed class ListPage
{
    public const int Most = 1000;
    public const int Usual = 500;

    internal const string TotalHeader = "X-Total-Count";
    private const string AfterName = "after";

    [FromQuery(Name = "limit")]
    [Range(1, Most)]
    [Description("Most rows, 1 to 1000; absent = 500.")]
    public int? Limit { get; init; }

    [FromQuery(Name = AfterName)]
    [Description("Only rows after this one, as the header \"Link\" (rel=\"next\") of the answer before gave it.")]
    public string? After { get; init; }

    /// <summary>How many rows to read: one more than asked for, to know whether there are more.</summary>
    internal int Take => Rows + 1;

    /// <summary>The row that <see cref="After"/> names, where rows have a number.</summary>
    internal long? AfterId => After is null ? null : FormValues.Id(After) ?? throw NotACursor();

    private int Rows => Limit ?? Usual;

    /// <summary>What is answered, and in its headers whether there is more and how much there is in all.</summary>
    internal IReadOnlyList<TAnswer> Answer<TRow, TAnswer>(
        HttpContext context, IReadOnlyList<TRow> read, Func<TRow, object> cursor, Func<TRow, TAnswer> answer, int? total = null)
    {
        var headers = context.Response.Headers;
        if (total is { } count)
        {
            headers[TotalHeader] = count.ToString(CultureInfo.InvariantCulture);
        }

        if (read.Count > Rows)
        {
            headers.Link =
                $"<{Next(context.Request, string.Create(CultureInfo.InvariantCulture, $"{cursor(read[Rows - 1])}"))}>; rel=\"next\"";
        }

        return [.. read.Take(Rows).Select(answer)];
    }

    /// <summary>The same for a list that is held whole.</summary>
    internal IReadOnlyList<TAnswer> AnswerOf<TRow, TAnswer>(
        HttpContext context, IReadOnlyList<TRow> all, Func<TRow, object> cursor, Func<TRow, TAnswer> answer)
    {
        var begin = After is null
            ? 0
            : 1 + all.TakeWhile(row => string.Create(CultureInfo.InvariantCulture, $"{cursor(row)}") != After).Count();
        return begin > all.Count
            ? throw NotACursor()
            : Answer(context, [.. all.Skip(begin).Take(Take)], cursor, answer, all.Count);
    }

    internal static RefusedException NotACursor() => new(Refusal.Malformed, AfterName);

    private static string Next(HttpRequest request, string after)
    {
        var query = new QueryBuilder(
            QueryCheck.Written(request.HttpContext).Where(each => each.Key != AfterName)) { { AfterName, after } };
        return request.PathBase + request.Path + query.ToQueryString();
    }
}
