using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using SmartRadio.Controller;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Broadcasts;

/// <summary>
/// What a reader of broadcasts looks for, as it stands in a page's address. What cannot be read is not looked for.
/// </summary>
internal sealed record BroadcastSearch(bool IsPast, string? Title, long? Area, BroadcastClass? Class, DateOnly? Day)
{
    private const int LongestTitle = 100;

    public static BroadcastSearch Nothing { get; } = new(false, null, null, null, null);

    /// <summary>The classes that a person may choose.</summary>
    public static IReadOnlyList<BroadcastClass> Classes { get; } =
        [BroadcastClass.Normal, BroadcastClass.Priority, BroadcastClass.Emergency];

    public BroadcastOutcome? Outcome { get; private init; }

    /// <summary>What may have become of a broadcast that is past, or of one that is to come.</summary>
    public static IReadOnlyList<BroadcastOutcome> Outcomes(bool isPast) =>
        [isPast ? BroadcastOutcome.Heard : BroadcastOutcome.Waiting, BroadcastOutcome.Failed, BroadcastOutcome.Stopped];

    /// <summary>Where the page before ended.</summary>
    private (DateTimeOffset Start, long Id)? After { get; init; }

    public bool IsNarrow => Title is not null || Area is not null || Class is not null || Day is not null || Outcome is not null;

    public static BroadcastSearch Of(IQueryCollection query)
    {
        string? Text(string name) => query[name] is [{ Length: > 0 and <= LongestTitle } one] ? one : null;
        return new(
            Text("when") == "past", Text("q")?.Trim(), FormValues.Id(Text("area")), Read<BroadcastClass>(Text("class")),
            DateOnly.TryParseExact(Text("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day.Year is >= 2000 and < 2200
                ? day
                : null)
        {
            Outcome = Read<BroadcastOutcome>(Text("outcome")),
            After = Text("after")?.Split('-') is [var start, var id]
                && FormValues.Id(start) is { } at and < 253_402_300_800_000 && FormValues.Id(id) is { } number
                ? (DateTimeOffset.FromUnixTimeMilliseconds(at), number)
                : null,
        };
    }

    /// <summary>The value of a choice in the address.</summary>
    public static string Code<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Where the next page goes on.</summary>
    public static string Cursor(BroadcastRow last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.Start.ToUnixTimeMilliseconds()}-{last.Id}");

    /// <summary>The same search as the query of an address.</summary>
    public string Query(string? when, string? after = null)
    {
        var query = new QueryBuilder();
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        Add("when", when);
        Add("q", Title);
        Add("area", Area?.ToString(CultureInfo.InvariantCulture));
        Add("class", Class is { } asked ? Code(asked) : null);
        Add("day", Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("outcome", Outcome is { } outcome && Outcomes(when is not null).Contains(outcome) ? Code(outcome) : null);
        Add("after", after);
        return query.ToString();
    }

    /// <summary>Past ones newest first; those to come with the next first.</summary>
    public BroadcastFilter Filter(AreaScope seen, AreaTree tree, LocalTime time)
    {
        var (from, to) = Day is { } day
            ? (time.InstantOf(day, TimeOnly.MinValue), time.InstantOf(day.AddDays(1), TimeOnly.MinValue))
            : ((DateTimeOffset?)null, (DateTimeOffset?)null);
        var now = time.Now;
        var areas = Area is { } area ? seen.Within(tree.WithDescendants([area]).ToList()) : null;
        return new BroadcastFilter(
            From: IsPast || from > now ? from : now,
            To: IsPast && (to is null || to > now) ? now : to,
            Areas: areas,
            After: After)
        {
            Class = Class,
            Outcome = Outcome is { } outcome && Outcomes(IsPast).Contains(outcome) ? outcome : null,
            Title = Title,
            IsAscending = !IsPast,
        };
    }

    private static TEnum? Read<TEnum>(string? text)
        where TEnum : struct, Enum =>
        Array.Find(Enum.GetValues<TEnum>(), value => Code(value) == text) is var found && Code(found) == text ? found : null;
}
