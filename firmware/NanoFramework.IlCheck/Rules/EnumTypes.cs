using System.Reflection;
using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>What enums are made of: the interpreter sees only the number.</summary>
internal sealed class EnumTypes
{
    private readonly Dictionary<string, string> _underlying = new(StringComparer.Ordinal);

    public void Add(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (Underlying(metadata, type) is { } number)
            {
                _underlying[TypeNames.Of(metadata, handle)] = number;
            }
        }
    }

    /// <summary>The type of an enum's number; null for a type that is no enum.</summary>
    public static string? Underlying(MetadataReader metadata, TypeDefinition type) =>
        type.BaseType.IsNil || TypeNames.Of(metadata, type.BaseType) != "System.Enum"
            ? null
            : type.GetFields()
                .Select(metadata.GetFieldDefinition)
                .Single(field => !field.Attributes.HasFlag(FieldAttributes.Static))
                .DecodeSignature(TypeNames.Provider, null);

    /// <summary>The kind of number that the interpreter keeps for a value of this type.</summary>
    public NumberKind Kind(string? type)
    {
        if (type is not null && _underlying.TryGetValue(type, out var underlying))
        {
            type = underlying;
        }

        return type switch
        {
            "System.Int32" or "System.IntPtr" => NumberKind.Int32,
            "System.UInt32" or "System.UIntPtr" => NumberKind.UInt32,
            "System.Int64" => NumberKind.Int64,
            "System.UInt64" => NumberKind.UInt64,
            _ => NumberKind.Other,
        };
    }
}
