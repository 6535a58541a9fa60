using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace NanoFramework.IlCheck.Il;

/// <summary>A compiled assembly, read only as metadata: nothing of it is loaded or run.</summary>
public sealed class DeviceAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly ImmutableHashSet<int>? _flashed;

    /// <exception cref="BadImageFormatException">The stream is not a managed assembly.</exception>
    public DeviceAssembly(Stream content)
        : this(content, null)
    {
    }

    private DeviceAssembly(Stream content, ImmutableHashSet<int>? flashed)
    {
        _flashed = flashed;
        _file = new PEReader(content, PEStreamOptions.PrefetchEntireImage);
        Metadata = _file.GetMetadataReader();
        Name = Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
        Methods = [.. Metadata.MethodDefinitions.Where(HasBody).Select(Read)];
    }

    public string Name { get; }

    public MetadataReader Metadata { get; }

    /// <summary>Every method that has a body.</summary>
    public ImmutableArray<DeviceMethod> Methods { get; }

    /// <summary>Reads an assembly and, where a .pdbx lies beside it, which of its types are flashed.</summary>
    /// <exception cref="BadImageFormatException">The file is not a managed assembly.</exception>
    public static DeviceAssembly Open(string path)
    {
        using var content = File.OpenRead(path);
        return new DeviceAssembly(content, FlashedTypes.Of(path));
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The bytes that the compiler stored for a field, as it does for the first values of an array; else null.</summary>
    public byte[]? Content(FieldDefinition field)
    {
        var address = field.GetRelativeVirtualAddress();
        var type = field.DecodeSignature(TypeNames.Provider, null);
        var digits = type.AsSpan(type.LastIndexOf('=') + 1);
        return address == 0 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? null
            : [.. _file.GetSectionData(address).GetContent(0, length)];
    }

    /// <summary>
    /// False for a type that the compiler sees and the device does not have. True when nothing is known about it.
    /// </summary>
    public bool IsFlashed(TypeDefinitionHandle type) => _flashed?.Contains(MetadataTokens.GetToken(type)) ?? true;

    private bool HasBody(MethodDefinitionHandle handle) => Metadata.GetMethodDefinition(handle).RelativeVirtualAddress != 0;

    private DeviceMethod Read(MethodDefinitionHandle handle)
    {
        var definition = Metadata.GetMethodDefinition(handle);
        var body = _file.GetMethodBody(definition.RelativeVirtualAddress);
        var name = $"{TypeNames.Of(Metadata, definition.GetDeclaringType())}.{Metadata.GetString(definition.Name)}";
        return new DeviceMethod(name, definition, body, IlReader.Read(body.GetILBytes() ?? []));
    }
}
