using System.Xml.Linq;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

/// <summary>
/// The packages of each project against the wants of the packages themselves (package-wants.tsv): NuGet restores an older one
/// with a warning, and the firmware then refuses to start it.
/// </summary>
public sealed class PackageWantsTests
{
    private static readonly Want[] Wants = Read();

    public static TheoryData<string> Projects => ["SmartRadio.Node.Esp32", "SmartRadio.Node.Loader"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_want_of_a_package_is_met_by_the_list(string project)
    {
        var packages = Packages(project);
        Assert.All(
            Wants.Where(want => packages.GetValueOrDefault(want.Package) == want.Version),
            want => Assert.True(
                packages.TryGetValue(want.Wanted, out var version) && version >= want.AtLeast,
                $"{want.Package} {want.Version} wants {want.Wanted} {want.AtLeast}; the list has {version}."));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Wants_of_every_package_but_the_class_library_are_known(string project) => Assert.All(
        Packages(project).Where(package => package.Key != "nanoFramework.CoreLibrary"),
        package => Assert.Contains(Wants, want => want.Package == package.Key && want.Version == package.Value));

    [Fact]
    public void Wants_are_those_of_packages_in_the_list()
    {
        var packages = Packages("SmartRadio.Node.Esp32");
        Assert.All(Wants, want => Assert.Equal(want.Version, packages.GetValueOrDefault(want.Package)));
    }

    [Fact]
    public void Program_and_loader_have_the_same_packages() =>
        Assert.Equal(Packages("SmartRadio.Node.Esp32"), Packages("SmartRadio.Node.Loader"));

    private static SortedDictionary<string, Version> Packages(string project) => new(
        XDocument.Load(Path.Combine(Repository.Firmware, project, "packages.config"))
            .Descendants("package")
            .ToDictionary(
                package => (string)package.Attribute("id")!,
                package => Version.Parse((string)package.Attribute("version")!),
                StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static Want[] Read()
    {
        using var reader = new StreamReader(typeof(PackageWantsTests).Assembly.GetManifestResourceStream("PackageWants")!);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Split('\t'))
                .Select(cells => new Want(cells[0], Version.Parse(cells[1]), cells[2], Version.Parse(cells[3]))),
        ];
    }

    private sealed record Want(string Package, Version Version, string Wanted, Version AtLeast);
}
