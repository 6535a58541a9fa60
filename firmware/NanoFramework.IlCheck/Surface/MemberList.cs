using System.Reflection;
using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;
using NanoFramework.IlCheck.Rules;

namespace NanoFramework.IlCheck.Surface;

/// <summary>
/// Writes an assembly's public and protected members the way the upstream lists do: a documentation-comment id, two spaces,
/// and the declaration as a comment, for example
/// <c>M:System.Math.Sin(System.Double)  // public static System.Double (a)</c>.
/// </summary>
public static class MemberList
{
    /// <summary>
    /// One line a member, in no order; interfaces of types are left out. An enum has one more, its field <c>value__</c>: the
    /// number that the interpreter keeps for it.
    /// </summary>
    public static IEnumerable<string> Of(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        return metadata.TypeDefinitions
            .Where(handle => TypeDeclaration.IsVisible(metadata, handle))
            .SelectMany(handle => Type(metadata, handle));
    }

    private static IEnumerable<string> Type(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = TypeNames.Of(metadata, handle);
        yield return $"T:{name}  // {TypeDeclaration.Of(metadata, type)}";
        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            if (FieldDeclaration.Of(metadata, field) is { } declaration)
            {
                yield return $"F:{name}.{metadata.GetString(field.Name)}  // {declaration}";
            }
        }

        if (EnumTypes.Underlying(metadata, type) is { } number)
        {
            yield return $"F:{name}.value__  // public {number}";
        }

        foreach (var member in Methods(metadata, type, name).Concat(Properties(metadata, type, name))
            .Concat(Events(metadata, type, name)))
        {
            yield return member;
        }
    }

    private static IEnumerable<string> Methods(MetadataReader metadata, TypeDefinition type, string typeName)
    {
        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            var name = metadata.GetString(method.Name);
            var isAccessor = method.Attributes.HasFlag(MethodAttributes.SpecialName)
                && !name.StartsWith("op_", StringComparison.Ordinal) && name[0] != '.';
            if (isAccessor || Modifiers.Of(method.Attributes) is not { } modifiers || name == ".cctor")
            {
                continue;
            }

            var signature = method.DecodeSignature(TypeNames.Provider, null);
            var result = name is "op_Implicit" or "op_Explicit" ? $"~{signature.ReturnType}" : "";
            var id = $"{typeName}.{name.Replace('.', '#')}{Parameters(signature)}{result}";
            yield return $"M:{id}  // {modifiers}{signature.ReturnType} ({ParameterNames.Of(metadata, method)})";
        }
    }

    private static IEnumerable<string> Properties(MetadataReader metadata, TypeDefinition type, string typeName)
    {
        foreach (var property in type.GetProperties().Select(metadata.GetPropertyDefinition))
        {
            var accessors = property.GetAccessors();
            var getter = Modifiers.Of(metadata, accessors.Getter);
            var setter = Modifiers.Of(metadata, accessors.Setter);
            if ((getter ?? setter) is not { } modifiers)
            {
                continue;
            }

            var signature = property.DecodeSignature(TypeNames.Provider, null);
            var access = $"{(getter is null ? "" : "get; ")}{(setter is null ? "" : "set; ")}";
            yield return $"P:{typeName}.{metadata.GetString(property.Name)}{Parameters(signature)}  // {modifiers}{signature.ReturnType} {{ {access}}}";
        }
    }

    private static IEnumerable<string> Events(MetadataReader metadata, TypeDefinition type, string typeName)
    {
        foreach (var definition in type.GetEvents().Select(metadata.GetEventDefinition))
        {
            if (Modifiers.Of(metadata, definition.GetAccessors().Adder) is { } modifiers)
            {
                yield return $"E:{typeName}.{metadata.GetString(definition.Name)}  // {modifiers}event {TypeNames.Of(metadata, definition.Type)}";
            }
        }
    }

    private static string Parameters(MethodSignature<string> signature) =>
        signature.ParameterTypes.IsEmpty ? "" : $"({string.Join(',', signature.ParameterTypes)})";
}
