using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Surface;

/// <summary>A field's access, type and constant.</summary>
internal static class FieldDeclaration
{
    /// <summary>The declaration, or null for what cannot be seen from another assembly.</summary>
    public static string? Of(MetadataReader metadata, FieldDefinition field)
    {
        var access = (field.Attributes & FieldAttributes.FieldAccessMask) switch
        {
            FieldAttributes.Public => "public ",
            FieldAttributes.Family or FieldAttributes.FamORAssem => "protected ",
            _ => null,
        };
        if (access is null || field.Attributes.HasFlag(FieldAttributes.SpecialName))
        {
            return null;
        }

        var kind = field.Attributes.HasFlag(FieldAttributes.Static) ? "static " : "";
        var fixedKind = field.Attributes.HasFlag(FieldAttributes.InitOnly) ? "readonly " : "";
        var constant = field.GetDefaultValue().IsNil ? "" : $" = {Constant(metadata, field.GetDefaultValue())}";
        return $"{access}{kind}{fixedKind}{field.DecodeSignature(TypeNames.Provider, null)}{constant}";
    }

    public static string Constant(MetadataReader metadata, ConstantHandle handle)
    {
        var constant = metadata.GetConstant(handle);
        var value = metadata.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }
}
