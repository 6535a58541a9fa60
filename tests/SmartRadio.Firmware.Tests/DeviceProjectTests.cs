using System.Xml.Linq;
using NanoFramework.IlCheck.Il;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

/// <summary>The project for the nanoFramework tools, which cannot be built here.</summary>
public sealed class DeviceProjectTests
{
    private static readonly string Folder = Path.Combine(Repository.Firmware, "SmartRadio.Node.Esp32");

    private static readonly XDocument Project = XDocument.Load(Path.Combine(Folder, "SmartRadio.Node.Esp32.nfproj"));

    private static readonly Dictionary<string, string> Packages = XDocument.Load(Path.Combine(Folder, "packages.config"))
        .Descendants("package")
        .ToDictionary(package => (string)package.Attribute("id")!, package => (string)package.Attribute("version")!, StringComparer.Ordinal);

    private static Dictionary<string, string> HintPaths => Project.Descendants()
        .Where(element => element.Name.LocalName == "Reference")
        .ToDictionary(
            reference => (string)reference.Attribute("Include")!,
            reference => reference.Elements().Single(element => element.Name.LocalName == "HintPath").Value,
            StringComparer.Ordinal);

    [Fact]
    public void Every_reference_of_the_device_assemblies_is_in_the_project() =>
        Assert.All(
            References().Where(name => !name.StartsWith("SmartRadio.", StringComparison.Ordinal)),
            name => Assert.Contains(name, HintPaths.Keys));

    [Fact]
    public void Every_hint_path_lies_in_a_package_of_the_list() =>
        Assert.All(HintPaths, reference => Assert.Contains(
            Packages,
            package => reference.Value == $@"packages\{package.Key}.{package.Value}\lib\{reference.Key}.dll"));

    [Fact]
    public void Packages_have_the_versions_whose_members_were_listed() =>
        Assert.All(
            Repository.SurfaceAssemblies,
            name => Assert.Contains($".{ListedVersion(name)}\\lib\\", HintPaths[name], StringComparison.Ordinal));

    [Fact]
    public void The_solution_holds_the_project() =>
        Assert.Contains(
            Project.Descendants().Single(element => element.Name.LocalName == "ProjectGuid").Value.ToUpperInvariant(),
            File.ReadAllText(Path.Combine(Folder, "SmartRadio.Node.Esp32.sln")),
            StringComparison.Ordinal);

    private static string ListedVersion(string name) =>
        File.ReadLines(Path.Combine(Repository.Surface, name, "members.txt")).First().Split(' ')[3][1..];

    private static IEnumerable<string> References()
    {
        foreach (var name in new[] { "SmartRadio.Wire", "SmartRadio.Node", "SmartRadio.Node.Esp32" })
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
