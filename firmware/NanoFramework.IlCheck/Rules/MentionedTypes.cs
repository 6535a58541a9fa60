using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>Every type that an assembly's metadata mentions, with the place that mentions it.</summary>
internal static class MentionedTypes
{
    public static IEnumerable<(string Where, string Type)> Of(DeviceAssembly assembly) =>
        References(assembly).Concat(Fields(assembly.Metadata)).Concat(Methods(assembly.Metadata)).Concat(Locals(assembly));

    private static IEnumerable<(string Where, string Type)> References(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        foreach (var handle in metadata.TypeReferences)
        {
            yield return (assembly.Name, TypeNames.Of(metadata, handle));
        }

        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.TypeSpec); row++)
        {
            yield return (assembly.Name, TypeNames.Of(metadata, MetadataTokens.TypeSpecificationHandle(row)));
        }

        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.GetKind() == MemberReferenceKind.Field)
            {
                yield return (assembly.Name, member.DecodeFieldSignature(TypeNames.Provider, null));
                continue;
            }

            foreach (var type in Of(member.DecodeMethodSignature(TypeNames.Provider, null)))
            {
                yield return (assembly.Name, type);
            }
        }
    }

    private static IEnumerable<(string Where, string Type)> Fields(MetadataReader metadata)
    {
        foreach (var handle in metadata.FieldDefinitions)
        {
            var field = metadata.GetFieldDefinition(handle);
            var where = $"{TypeNames.Of(metadata, field.GetDeclaringType())}.{metadata.GetString(field.Name)}";
            yield return (where, field.DecodeSignature(TypeNames.Provider, null));
        }
    }

    private static IEnumerable<(string Where, string Type)> Methods(MetadataReader metadata)
    {
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            var where = $"{TypeNames.Of(metadata, method.GetDeclaringType())}.{metadata.GetString(method.Name)}";
            foreach (var type in Of(method.DecodeSignature(TypeNames.Provider, null)))
            {
                yield return (where, type);
            }
        }
    }

    private static IEnumerable<(string Where, string Type)> Locals(DeviceAssembly assembly)
    {
        foreach (var method in assembly.Methods.Where(method => !method.Body.LocalSignature.IsNil))
        {
            var locals = assembly.Metadata.GetStandaloneSignature(method.Body.LocalSignature);
            foreach (var type in locals.DecodeLocalSignature(TypeNames.Provider, null))
            {
                yield return (method.Name, type);
            }
        }
    }

    private static IEnumerable<string> Of(MethodSignature<string> signature) =>
        signature.ParameterTypes.Prepend(signature.ReturnType);
}
