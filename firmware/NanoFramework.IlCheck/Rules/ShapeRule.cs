using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>Generics, multi-dimensional arrays and bodies in interfaces, wherever the metadata mentions them.</summary>
internal static class ShapeRule
{
    public static IEnumerable<Finding> Check(DeviceAssembly assembly) =>
        Definitions(assembly).Concat(Types(assembly).Distinct()).Concat(InterfaceBodies(assembly));

    private static IEnumerable<Finding> Definitions(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.GenericParam); row++)
        {
            var parameter = metadata.GetGenericParameter(MetadataTokens.GenericParameterHandle(row));
            yield return new Finding(Rule.Generic, OwnerName(metadata, parameter.Parent), "is generic");
        }

        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            yield return new Finding(Rule.Generic, assembly.Name, "calls a generic method");
        }
    }

    private static string OwnerName(MetadataReader metadata, EntityHandle owner)
    {
        if (owner.Kind == HandleKind.TypeDefinition)
        {
            return TypeNames.Of(metadata, owner);
        }

        var method = metadata.GetMethodDefinition((MethodDefinitionHandle)owner);
        return $"{TypeNames.Of(metadata, method.GetDeclaringType())}.{metadata.GetString(method.Name)}";
    }

    private static IEnumerable<Finding> Types(DeviceAssembly assembly)
    {
        foreach (var (where, type) in MentionedTypes.Of(assembly))
        {
            if (type.Contains('`', StringComparison.Ordinal))
            {
                yield return new Finding(Rule.Generic, where, type);
            }

            if (type.Contains("0:", StringComparison.Ordinal))
            {
                yield return new Finding(Rule.MultiDimensionalArray, where, type);
            }
        }
    }

    private static IEnumerable<Finding> InterfaceBodies(DeviceAssembly assembly)
    {
        foreach (var method in assembly.Methods)
        {
            var owner = assembly.Metadata.GetTypeDefinition(method.Definition.GetDeclaringType());
            if (owner.Attributes.HasFlag(TypeAttributes.Interface))
            {
                yield return new Finding(Rule.DefaultInterfaceMethod, method.Name, "has a body in an interface");
            }
        }
    }
}
