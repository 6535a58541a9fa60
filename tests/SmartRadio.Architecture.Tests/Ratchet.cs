namespace SmartRadio.Architecture.Tests;

/// <summary>
/// Compares what is found with what is known to be wrong still: nothing new, and nothing listed that is mended.
/// </summary>
internal static class Ratchet
{
    public static void Holds(string rule, IEnumerable<string> found, string? remedy = null)
    {
        var known = Known.Of(rule);
        var now = found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var fresh = now.Except(known, StringComparer.Ordinal).ToList();
        var mended = known.Except(now, StringComparer.Ordinal).ToList();
        Assert.True(fresh.Count == 0, $"New violations of \"{rule}\":\n{string.Join('\n', fresh)}\n{remedy}");
        Assert.True(mended.Count == 0, $"Mended: take out of the list of \"{rule}\":\n{string.Join('\n', mended)}");
    }
}
