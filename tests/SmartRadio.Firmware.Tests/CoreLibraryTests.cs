using System.Buffers.Binary;
using System.Xml.Linq;
using NanoFramework.IlCheck.Il;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

/// <summary>
/// The device's mscorlib, which comes as a package, against what is declared beside it and compiled against both.
/// </summary>
public sealed class CoreLibraryTests
{
    public static TheoryData<string> Declared => [.. Repository.SurfaceAssemblies];

    public static TheoryData<string> Compiled => [.. Repository.SurfaceAssemblies, .. Repository.DeviceAssemblies];

    [Theory]
    [MemberData(nameof(Compiled))]
    public void Every_assembly_is_compiled_against_it(string name)
    {
        using var assembly = DeviceAssembly.Open(Repository.DeviceAssembly(name));
        var references = assembly.Metadata.AssemblyReferences.Select(assembly.Metadata.GetAssemblyReference);

        var coreLibrary = Assert.Single(
            references, reference => assembly.Metadata.GetString(reference.Name) == Repository.CoreLibrary);
        Assert.Equal(Repository.CoreLibraryVersion, coreLibrary.Version);
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public void A_declared_assembly_refers_only_to_what_exists(string name) => Assert.Empty(Checked.Assemblies(name));

    [Theory]
    [MemberData(nameof(Declared))]
    public void A_declared_assembly_declares_no_type_that_it_has(string name) =>
        Assert.Empty(Types(name).Intersect(Types(Repository.CoreLibrary), StringComparer.Ordinal));

    /// <summary>The check goes by the .pdbx for what is flashed: it must be that of the .pe.</summary>
    [Fact]
    public void List_of_what_is_flashed_counts_as_the_flashed_file_does()
    {
        var list = XDocument.Load(Path.ChangeExtension(Repository.DeviceAssembly(Repository.CoreLibrary), ".pdbx"));
        var flashed = File.ReadAllBytes(Path.ChangeExtension(Repository.DeviceAssembly(Repository.CoreLibrary), ".pe"));

        Assert.Equal(list.Descendants("Class").Count(), Rows(flashed, 4, 24));
        Assert.Equal(list.Descendants("Field").Count(), Rows(flashed, 5, 8));
        Assert.Equal(list.Descendants("Method").Count(), Rows(flashed, 6, 16));
    }

    private static List<string> Types(string name)
    {
        using var assembly = DeviceAssembly.Open(Repository.DeviceAssembly(name));
        return [.. assembly.Metadata.TypeDefinitions.Select(handle => TypeNames.Of(assembly.Metadata, handle))
            .Where(type => type != "<Module>")];
    }

    // nf-interpreter, CLR_RECORD_ASSEMBLY: the offsets of 16 tables stand at byte 40; a table ends where the next begins.
    private static int Rows(byte[] flashed, int table, int rowSize)
    {
        var begin = 40 + (table * sizeof(int));
        return (BinaryPrimitives.ReadInt32LittleEndian(
            flashed.AsSpan(begin + sizeof(int))) - BinaryPrimitives.ReadInt32LittleEndian(flashed.AsSpan(begin))) / rowSize;
    }
}
