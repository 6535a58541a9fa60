namespace SmartRadio.Architecture.Tests;

/// <summary>Violations that stand still, in Known.txt: "rule: violation" a line. The list only gets shorter.</summary>
internal static class Known
{
    private static readonly ILookup<string, string> All = File
        .ReadLines(Path.Combine(Tree.Root, "tests/SmartRadio.Architecture.Tests/Known.txt"))
        .Where(line => line.Length > 0)
        .Select(line => line.Split(": ", 2))
        .ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    public static IReadOnlyList<string> Of(string rule) => [.. All[rule]];
}
