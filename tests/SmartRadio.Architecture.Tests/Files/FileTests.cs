using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SmartRadio.Architecture.Tests.Files;

/// <summary>What STYLE asks of files: where they lie, how long they are, and that a name stands once.</summary>
public sealed partial class FileTests
{
    private const int MostLines = 300;
    private const int MostCharacters = 130;

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

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceLine();
}
