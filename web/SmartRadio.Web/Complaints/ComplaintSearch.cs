using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using SmartRadio.Controller.Complaints;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Complaints;

/// <summary>
/// What a reader of complaints looks for, as it stands in a page's address. What cannot be read is not looked for.
/// </summary>
internal sealed record ComplaintSearch(string? Words, long? Area, string? Node, ComplaintState? State, long? After)
{
    public const int LongestWords = 100;

    public static ComplaintSearch Nothing { get; } = new(null, null, null, null, null);

    public bool IsNarrow => Words is not null || Area is not null || Node is not null || State is not null;

    public static ComplaintSearch Of(IQueryCollection query)
    {
        string? Text(string name) => query[name] is [{ Length: > 0 and <= LongestWords } one] ? one : null;
        return new(
            Text("q")?.Trim(), FormValues.Id(Text("area")), Text("node"), FormValues.Choice<ComplaintState>(Text("state")),
            FormValues.Id(Text("after")));
    }

    /// <summary>The address of the same search, from a complaint on.</summary>
    public string From(long after)
    {
        var query = new QueryBuilder();
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        Add("q", Words);
        Add("area", Area?.ToString(CultureInfo.InvariantCulture));
        Add("node", Node);
        Add("state", State?.ToString());
        Add("after", after.ToString(CultureInfo.InvariantCulture));
        return $"/complaints{query}";
    }
}
