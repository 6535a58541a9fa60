using NanoFramework.IlCheck.Il;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

public sealed class DeviceAssembliesTests(ITestOutputHelper output)
{
    [Fact]
    public void Nothing_in_the_device_assemblies_would_fail_or_mislead_on_the_device() =>
        Assert.Empty(Checked.Assemblies("SmartRadio.Protocol", "SmartRadio.Node", "SmartRadio.Node.Esp32"));

    [Fact]
    public void Nothing_in_the_loader_would_either() => Assert.Empty(Checked.Assemblies("SmartRadio.Node.Loader"));

    [Fact]
    public void All_of_it_fits_the_one_assembly_that_is_flashed()
    {
        string[] names = ["SmartRadio.Protocol", "SmartRadio.Node", "SmartRadio.Node.Esp32"];
        var strings = new HashSet<string>(StringComparer.Ordinal);
        var methods = names.SelectMany(name =>
        {
            using var assembly = DeviceAssembly.Open(Repository.DeviceAssembly(name));
            strings.UnionWith(FlashedStrings.Of(assembly));
            return assembly.Methods.Select(method => (method.Name, Size: FlashedSize.Of(method), Il: method.Body.Size)).ToList();
        }).OrderByDescending(method => method.Size).ToList();
        var bytes = methods.Sum(method => method.Size);
        output.WriteLine(
            $"{bytes} bytes of byte code ({methods.Sum(method => method.Il)} of IL), {FlashedStrings.Bytes(strings)} of strings; "
            + $"the longest: {string.Join(", ", methods.Take(3).Select(method => $"{method.Name} {method.Size}"))}");

        Assert.InRange(bytes, 1, 0xFFFE);
        Assert.InRange(FlashedStrings.Bytes(strings), 1, 0xFFFF);
    }

    [Theory]
    [InlineData("SmartRadio.Protocol")]
    [InlineData("SmartRadio.Node")]
    [InlineData("SmartRadio.Node.Esp32")]
    [InlineData("SmartRadio.Node.Loader")]
    public void Device_folders_hold_device_sources_and_a_project_only(string folder) =>
        Assert.All(
            Directory.GetFiles(Path.Combine(Repository.Firmware, folder), "*", SearchOption.AllDirectories),
            file => Assert.Matches(@"\.(cs|csproj|nfproj|sln|md)$|packages\.config$|protocol-vectors\.json$", file));

    [Theory]
    [InlineData("SmartRadio.Protocol")]
    [InlineData("SmartRadio.Node")]
    [InlineData("SmartRadio.Node.Esp32")]
    [InlineData("SmartRadio.Node.Loader")]
    public void Device_sources_are_the_same_for_the_device_and_for_dotnet(string folder) =>
        Assert.All(
            Directory.GetFiles(Path.Combine(Repository.Firmware, folder), "*.cs", SearchOption.AllDirectories),
            file => Assert.DoesNotContain("#if", File.ReadAllText(file), StringComparison.Ordinal));
}
