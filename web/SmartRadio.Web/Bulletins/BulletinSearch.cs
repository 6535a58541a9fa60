using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Bulletins;

/// <summary>
/// What a reader of bulletins looks for, as it stands in a page's address. What cannot be read is not looked for.
/// </summary>
internal sealed record BulletinSearch(string? Title, BulletinState? State, long? After)
{
    private const int LongestTitle = 100;

    public static BulletinSearch Nothing { get; } = new(null, null, null);

    public bool IsNarrow => Title is not null || State is not null;

    public static BulletinSearch Of(IQueryCollection query)
    {
        string? Text(string name) => query[name] is [{ Length: > 0 and <= LongestTitle } one] ? one.Trim() : null;
        return new(
            Text("q") is { Length: > 0 } title ? title : null,
            Array.Find<BulletinState?>([.. Enum.GetValues<BulletinState>()], state => Code(state!.Value) == Text("state")),
            FormValues.Id(Text("after")));
    }

    /// <summary>The value of a choice in the address.</summary>
    public static string Code(BulletinState state) => state.ToString().ToLowerInvariant();

    /// <summary>Without those that were replaced or, unless they are looked for, withdrawn.</summary>
    public BulletinFilter Filter() => new() { Title = Title, State = State, After = After, IsCurrent = true };

    /// <summary>The address of what follows a bulletin.</summary>
    public string Next(long last)
    {
        var query = new QueryBuilder();
        if (Title is not null)
        {
            query.Add("q", Title);
        }

        if (State is { } state)
        {
            query.Add("state", Code(state));
        }

        query.Add("after", last.ToString(CultureInfo.InvariantCulture));
        return "/bulletins" + query;
    }
}
