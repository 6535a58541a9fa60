using System.Runtime.InteropServices;

namespace SmartRadio.Controller.Areas;

/// <summary>Minutes of a day in which all areas are quiet, or some of them.</summary>
/// <param name="From">After midnight.</param>
/// <param name="To">After midnight.</param>
/// <param name="IsEverywhere">In all of them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct QuietSpan(int From, int To, bool IsEverywhere)
{
    /// <summary>Puts the quiet hours of areas over one another; the spans do not overlap, the earliest comes first.</summary>
    public static IReadOnlyList<QuietSpan> Of(IEnumerable<QuietHours> hours)
    {
        var all = hours.Distinct().Select(each => each.Spans()).ToList();
        var edges = all.SelectMany(each => each).SelectMany(span => new[] { span.From, span.To }).Distinct().Order().ToList();
        var spans = new List<QuietSpan>();
        foreach (var (from, to) in edges.Zip(edges.Skip(1)))
        {
            var quiet = all.Count(each => each.Any(span => span.From <= from && to <= span.To));
            if (quiet > 0)
            {
                spans.Add(new QuietSpan(from, to, quiet == all.Count));
            }
        }

        return Joined(spans);
    }

    private static List<QuietSpan> Joined(List<QuietSpan> spans)
    {
        var joined = new List<QuietSpan>();
        foreach (var span in spans)
        {
            if (joined is [.., var last] && last.To == span.From && last.IsEverywhere == span.IsEverywhere)
            {
                joined[^1] = last with { To = span.To };
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }
}
