using System.Xml.Linq;
using NanoFramework.IlCheck.Il;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

/// <summary>The projects for the nanoFramework tools, which cannot be built here.</summary>
public sealed class DeviceProjectTests
{
    /// <summary>Where each looks for its packages: both are in one solution.</summary>
    private static readonly Dictionary<string, string> PackageFolders = new(StringComparer.Ordinal)
    {
        ["SmartRadio.Node.Esp32"] = @"packages\",
        ["SmartRadio.Node.Loader"] = @"..\SmartRadio.Node.Esp32\packages\",
    };

    /// <summary>
    /// Its members were listed from 1.11.54. M2Mqtt and System.Net.Http want 1.11.60, and no public snapshot has that tag.
    /// </summary>
    private const string ListedBefore = "System.Net";

    public static TheoryData<string> Projects => [.. PackageFolders.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_reference_of_the_device_assemblies_is_in_the_project(string project) =>
        Assert.All(
            References().Where(name => !name.StartsWith("SmartRadio.", StringComparison.Ordinal)),
            name => Assert.Contains(name, HintPaths(project).Keys));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_hint_path_lies_in_a_package_of_the_list(string project) =>
        Assert.All(HintPaths(project), reference => Assert.Contains(
            Packages(project),
            package => reference.Value == $@"{PackageFolders[project]}{package.Key}.{package.Value}\lib\{reference.Key}.dll"));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Packages_have_the_versions_whose_members_were_listed(string project)
    {
        var paths = HintPaths(project);
        Assert.All(
            Repository.SurfaceAssemblies.Where(name => name != ListedBefore),
            name => Assert.Contains($".{ListedVersion(name)}\\lib\\", paths[name], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_package_listed_in_an_older_version_is_of_the_same_series(string project)
    {
        var version = VersionOf(HintPaths(project)[ListedBefore]);
        var listed = Version.Parse(ListedVersion(ListedBefore));

        Assert.True(version > listed, "It has the listed version: it needs no exception any more.");
        Assert.Equal((listed.Major, listed.Minor), (version.Major, version.Minor));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Class_library_has_the_version_that_is_compiled_against_here(string project) =>
        Assert.Contains(
            $".{Repository.CoreLibraryVersion.ToString(3)}\\lib\\", HintPaths(project)[Repository.CoreLibrary],
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_solution_holds_the_project(string project) =>
        Assert.Contains(
            Document(project).Descendants().Single(element => element.Name.LocalName == "ProjectGuid").Value.ToUpperInvariant(),
            File.ReadAllText(Path.Combine(Repository.Firmware, "SmartRadio.Node.Esp32", "SmartRadio.Node.Esp32.sln")),
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_source_that_a_project_names_is_there(string project)
    {
        var folder = Path.Combine(Repository.Firmware, project);
        Assert.All(Sources(Document(project), string.Empty), source =>
        {
            var fixedPart = source.Contains('*', StringComparison.Ordinal)
                ? source[..source.IndexOf('*', StringComparison.Ordinal)]
                : source;
            var path = Path.Combine(folder, fixedPart);
            Assert.True(File.Exists(path) || Directory.Exists(path), source);
        });
    }

    [Fact]
    public void Checked_loader_is_made_of_the_sources_that_its_project_names()
    {
        var named = Sources(Document("SmartRadio.Node.Loader"), @"..\")
            .Where(source => !source.StartsWith("**", StringComparison.Ordinal));
        var check = XDocument.Load(Path.Combine(Repository.Surface, "Device", "SmartRadio.Node.Loader.Device.csproj"));

        Assert.Equal(named.Order(StringComparer.Ordinal), Sources(check, "../../").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Sources(XDocument project, string above) => project.Descendants()
        .Where(element => element.Name.LocalName == "Compile")
        .Select(
            element =>
                ((string)element.Attribute("Include")!)[(((string)element.Attribute("Include")!).StartsWith(
                    above, StringComparison.Ordinal) ? above.Length : 0)..].Replace('\\', '/'));

    private static XDocument Document(string project) =>
        XDocument.Load(Path.Combine(Repository.Firmware, project, $"{project}.nfproj"));

    private static Dictionary<string, string> Packages(string project) =>
        XDocument.Load(Path.Combine(Repository.Firmware, project, "packages.config"))
        .Descendants("package")
        .ToDictionary(
            package => (string)package.Attribute("id")!,
            package => (string)package.Attribute("version")!, StringComparer.Ordinal);

    private static Dictionary<string, string> HintPaths(string project) => Document(project).Descendants()
        .Where(element => element.Name.LocalName == "Reference")
        .ToDictionary(
            reference => (string)reference.Attribute("Include")!,
            reference => reference.Elements().Single(element => element.Name.LocalName == "HintPath").Value,
            StringComparer.Ordinal);

    private static Version VersionOf(string hintPath)
    {
        var package = hintPath.Split('\\')[^3];
        return Version.Parse(string.Join('.', package.Split('.')[^3..]));
    }

    private static string ListedVersion(string name) =>
        File.ReadLines(Path.Combine(Repository.Surface, name, "members.txt")).First().Split(' ')[3][1..];

    private static IEnumerable<string> References()
    {
        foreach (var name in Repository.DeviceAssemblies)
        {
            using var assembly = DeviceAssembly.Open(Repository.DeviceAssembly(name));
            var metadata = assembly.Metadata;
            foreach (var handle in metadata.AssemblyReferences)
            {
                yield return metadata.GetString(metadata.GetAssemblyReference(handle).Name);
            }
        }
    }
}
