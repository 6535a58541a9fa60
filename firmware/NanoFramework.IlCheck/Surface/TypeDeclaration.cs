using System.Reflection;
using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Surface;

/// <summary>A type's kind and base class.</summary>
internal static class TypeDeclaration
{
    public static string Of(MetadataReader metadata, TypeDefinition type)
    {
        var parent = type.BaseType.IsNil ? "" : TypeNames.Of(metadata, type.BaseType);
        return $"public {Kind(type.Attributes, parent)} : {parent}".TrimEnd();
    }

    /// <summary>Whether other assemblies can name the type.</summary>
    public static bool IsVisible(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(metadata, type.GetDeclaringType()),
            _ => false,
        };
    }

    private static string Kind(TypeAttributes attributes, string parent)
    {
        // The upstream lists call System.Enum, whose base is ValueType, a struct too.
        switch (parent)
        {
            case "System.ValueType":
                return "struct";
            case "System.Enum":
                return "enum";
            case "System.MulticastDelegate":
                return "delegate";
        }

        if (attributes.HasFlag(TypeAttributes.Interface))
        {
            return "interface";
        }

        return (attributes.HasFlag(TypeAttributes.Abstract), attributes.HasFlag(TypeAttributes.Sealed)) switch
        {
            (true, true) => "static class",
            (true, false) => "abstract class",
            (false, true) => "sealed class",
            _ => "class",
        };
    }
}
