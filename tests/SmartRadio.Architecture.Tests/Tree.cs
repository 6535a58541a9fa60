namespace SmartRadio.Architecture.Tests;

/// <summary>The sources of this checkout.</summary>
internal static class Tree
{
    private static readonly string[] Houses = ["firmware", "controller", "web", "tests"];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every hand-written C# and Razor file, by its path from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [
        .. Houses.SelectMany(house => Directory.EnumerateFiles(Path.Combine(Root, house), "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Every page of prose, by its path.</summary>
    public static IEnumerable<string> Pages { get; } =
        Houses.Append("docs").SelectMany(
            folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories));

    public static string[] Lines(string source) => File.ReadAllLines(Path.Combine(Root, source));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SmartRadio.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the checkout.");
        }

        return folder.FullName;
    }
}
