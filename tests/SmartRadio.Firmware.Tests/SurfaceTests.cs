using NanoFramework.IlCheck.Il;
using NanoFramework.IlCheck.Surface;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

/// <summary>Each declared assembly against the lines of the upstream list that stand beside it in members.txt.</summary>
public sealed class SurfaceTests
{
    public static TheoryData<string> Assemblies => [.. Repository.SurfaceAssemblies];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_declared_assembly_has_exactly_the_members_listed_upstream(string name)
    {
        using var assembly = DeviceAssembly.Open(Repository.DeviceAssembly(name));

        Assert.Equal(name, assembly.Name);
        Assert.Equal(
            Listed(name).Skip(1).Select(Comparable).Order(StringComparer.Ordinal),
            MemberList.Of(assembly).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_list_names_the_upstream_version_and_so_does_each_declaration(string name)
    {
        var header = Listed(name)[0];
        Assert.Matches($@"^# {name} upstream v\d+\.\d+\.\d+ nanoframework/\S+@[0-9a-f]{{40}}$", header);
        var version = $"{name} {header.Split(' ')[3][1..]} ";
        Assert.All(
            Directory.GetFiles(Path.Combine(Repository.Surface, name), "*.cs"),
            file => Assert.Contains(version, File.ReadLines(file).First(), StringComparison.Ordinal));
    }

    private static string[] Listed(string name) => File.ReadAllLines(Path.Combine(Repository.Surface, name, "members.txt"));

    // Native or not makes no difference to the caller. A type may promise fewer interfaces than it has.
    private static string Comparable(string line)
    {
        line = line.Replace(" [InternalCall]", "", StringComparison.Ordinal);
        return (line.StartsWith("T:", StringComparison.Ordinal) ? line.Split(", ")[0] : line).TrimEnd();
    }
}
