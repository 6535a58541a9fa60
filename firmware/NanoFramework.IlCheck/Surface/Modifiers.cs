using System.Reflection;
using System.Reflection.Metadata;

namespace NanoFramework.IlCheck.Surface;

/// <summary>Access and kind of a method in front of its declaration.</summary>
internal static class Modifiers
{
    /// <summary>Modifiers with a space behind each, or null for what cannot be seen from another assembly.</summary>
    public static string? Of(MethodAttributes attributes)
    {
        var access = (attributes & MethodAttributes.MemberAccessMask) switch
        {
            MethodAttributes.Public => "public ",
            MethodAttributes.Family or MethodAttributes.FamORAssem => "protected ",
            _ => null,
        };
        if (access is null)
        {
            return null;
        }

        return access + attributes switch
        {
            _ when attributes.HasFlag(MethodAttributes.Static) => "static ",
            _ when attributes.HasFlag(MethodAttributes.Abstract) => "abstract ",
            _ when attributes.HasFlag(MethodAttributes.Virtual) && !attributes.HasFlag(MethodAttributes.Final) => "virtual ",
            _ => "",
        };
    }

    public static string? Of(MetadataReader metadata, MethodDefinitionHandle accessor) =>
        accessor.IsNil ? null : Of(metadata.GetMethodDefinition(accessor).Attributes);
}
