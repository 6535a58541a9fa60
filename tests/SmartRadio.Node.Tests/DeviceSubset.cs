using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using SmartRadio.Wire;

namespace SmartRadio.Node.Tests;

/// <summary>What runs on the device is compiled again for it; these are the cheap signs that it cannot be (docs/decisions/0003).</summary>
public class The_device_sources
{
    public static TheoryData<string> Assemblies { get; } = [typeof(Topics).Assembly.Location, typeof(LoudspeakerNode).Assembly.Location];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Use_no_generics(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();

        Assert.Equal(0, metadata.GetTableRowCount(TableIndex.MethodSpec));
        Assert.Equal(0, metadata.GetTableRowCount(TableIndex.GenericParam));
        Assert.Equal([], TypeSpecs(metadata).Where(shape => shape.Contains('<', StringComparison.Ordinal)));
        Assert.Equal([], TypeReferences(metadata).Where(name => name.Contains('`', StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Use_no_arrays_of_more_than_one_dimension(string path)
    {
        using var file = new PEReader(File.OpenRead(path));

        Assert.Equal([], TypeSpecs(file.GetMetadataReader()).Where(shape => shape.Contains(',', StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Refer_to_nothing_that_the_device_lacks(string path)
    {
        string[] lacking = ["System.Linq", "System.Threading.Tasks", "System.Collections.Generic", "System.Collections.Concurrent", "System.Text.RegularExpressions"];
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();

        var used = metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => metadata.GetString(type.Namespace)).Distinct();

        Assert.Equal([], used.Where(name => lacking.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Have_no_methods_in_interfaces_with_bodies(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();

        var bodies = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.Attributes.HasFlag(System.Reflection.TypeAttributes.Interface))
            .SelectMany(type => type.GetMethods()).Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0)
            .Select(method => metadata.GetString(method.Name));

        Assert.Equal([], bodies);
    }

    [Fact]
    public void Are_seen_through_by_this_check()
    {
        using var file = new PEReader(File.OpenRead(typeof(The_device_sources).Assembly.Location));
        var metadata = file.GetMetadataReader();

        Assert.NotEqual(0, metadata.GetTableRowCount(TableIndex.MethodSpec));
        Assert.Contains(TypeSpecs(metadata), shape => shape.Contains('<', StringComparison.Ordinal));
        Assert.Contains(TypeReferences(metadata), name => name.Contains('`', StringComparison.Ordinal));
    }

    private static IEnumerable<string> TypeSpecs(MetadataReader metadata)
    {
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.TypeSpec); row++)
        {
            var handle = MetadataTokens.TypeSpecificationHandle(row);
            yield return metadata.GetTypeSpecification(handle).DecodeSignature(new Shapes(), null);
        }
    }

    private static IEnumerable<string> TypeReferences(MetadataReader metadata) =>
        metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Where(type => metadata.GetString(type.Namespace) != "Microsoft.CodeAnalysis")
            .Select(type => metadata.GetString(type.Name));

    /// <summary>Writes a signature down far enough to see generics and array ranks.</summary>
    private sealed class Shapes : ISignatureTypeProvider<string, object?>
    {
        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank)}]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "<function pointer>";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(' ', typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => "<method parameter>";

        public string GetGenericTypeParameter(object? genericContext, int index) => "<type parameter>";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "type";

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => "type";

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "type";
    }
}
