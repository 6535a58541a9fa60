using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SmartRadio.Architecture.Tests.Files;

/// <summary>What STYLE asks of files: where they lie, how long they are, and that a name stands once.</summary>
public sealed partial class FileTests
{
    private const int MostLines = 300;
    private const int MostCharacters = 130;
    private const int MostNameCharacters = 70;

    // Names that a tool or a custom gives.
    private static readonly string[] ManyTimes = ["Program.cs", "_Imports.razor"];

    [Fact]
    public void Namespace_is_the_folder() => Ratchet.Holds(
        "namespace = folder",
        from source in Tree.Sources
        where source.EndsWith(".cs", StringComparison.Ordinal) && !IsDeclaredSurface(source) && !IsTables(source)
        let declared = Tree.Lines(source).Select(line => NamespaceLine().Match(line))
            .FirstOrDefault(match => match.Success)?.Groups["name"].Value
        where declared is not null && declared != FolderOf(source)
        select $"{source} {declared}");

    [Fact]
    public void No_file_is_longer_than_300_lines() => Ratchet.Holds(
        "file length",
        from source in Tree.Sources where Tree.Lines(source).Length > MostLines select source);

    /// <summary>Only a string that people read in one piece may make a line longer.</summary>
    [Fact]
    public void Lines_have_at_most_130_characters() => Ratchet.Holds(
        "line length",
        from source in Tree.Sources
        where source.EndsWith(".cs", StringComparison.Ordinal) && !IsDeclaredSurface(source)
        from line in Tree.Lines(source)
        where line.Length > MostCharacters && !line.Contains('"', StringComparison.Ordinal)
        select $"{source} {line.Trim()}");

    [Fact]
    public void A_file_name_stands_once() => Ratchet.Holds(
        "file names",
        from source in Tree.Sources
        where !ManyTimes.Contains(Path.GetFileName(source), StringComparer.Ordinal) && !IsDeclaredSurface(source)
        group source by Path.GetFileName(source) into name
        where name.Count() > 1
        select name.Key);

    [Fact]
    public void A_test_has_a_name_of_at_most_70_characters() => Ratchet.Holds(
        "test names",
        from source in Tree.Sources
        where source.StartsWith("tests/", StringComparison.Ordinal) && source.EndsWith("Tests.cs", StringComparison.Ordinal)
        from line in Tree.Lines(source)
        let name = TestMethod().Match(line).Groups["name"].Value
        where name.Length > MostNameCharacters
        select $"{source} {name}");

    /// <summary>A page that names a test which is not there claims a protection that nobody holds.</summary>
    [Fact]
    public void Docs_name_tests_that_exist()
    {
        var names = Tree.Sources.Where(source => source.StartsWith("tests/", StringComparison.Ordinal))
            .Select(source => Path.GetFileNameWithoutExtension(source)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(
            from page in Tree.Pages
            from name in TestClass().Matches(File.ReadAllText(page)).Select(match => match.Groups["name"].Value)
            where !names.Contains(name)
            select $"{page} {name}");
    }

    [Fact]
    public void Firmware_refers_to_nothing_outside() => Assert.Empty(
        from project in Directory.EnumerateFiles(Path.Combine(Tree.Root, "firmware"), "*.*proj", SearchOption.AllDirectories)
        from reference in XDocument.Load(project).Descendants()
            .Where(each => each.Name.LocalName is "ProjectReference" or "Compile" or "Import")
        let path = (reference.Attribute("Include") ?? reference.Attribute("Project"))?.Value.Replace('\\', '/')
        where path is not null && !path.Contains('$', StringComparison.Ordinal) && !path.Contains('*', StringComparison.Ordinal)
        let whole = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, path))
        where !whole.StartsWith(Path.Combine(Tree.Root, "firmware") + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        select $"{project} {path}");

    private static string FolderOf(string source) =>
        Path.GetDirectoryName(source)!.Replace('\\', '/').Split('/', 2)[1].Replace('/', '.');

    /// <summary>Declarations of the device's own assemblies keep the device's namespaces.</summary>
    private static bool IsDeclaredSurface(string source) =>
        source.StartsWith("firmware/NanoFramework.Surface/", StringComparison.Ordinal);

    /// <summary>A room's part of the database context, which is one type.</summary>
    private static bool IsTables(string source) => source.EndsWith("Tables.cs", StringComparison.Ordinal);

    [GeneratedRegex(@"^    public (async )?(Task|ValueTask|void) (?<name>\w+_\w+)\(", RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestMethod();

    /// <summary>A test class in code quotes, alone or before a method.</summary>
    [GeneratedRegex(@"`(?<name>[A-Z]\w+Tests)\b(?![./]\w*\.csproj)", RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestClass();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceLine();
}
