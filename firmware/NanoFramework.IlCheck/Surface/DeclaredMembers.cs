using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Surface;

/// <summary>What the known assemblies define; whatever else a device assembly refers to does not exist for it.</summary>
internal sealed class DeclaredMembers
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public void Add(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = $"[{assembly.Name}]{TypeNames.Of(metadata, handle)}";
            _known.Add(type);
            var definition = metadata.GetTypeDefinition(handle);
            foreach (var method in definition.GetMethods().Select(metadata.GetMethodDefinition))
            {
                _known.Add(Method(type, metadata.GetString(method.Name), method.DecodeSignature(TypeNames.Provider, null)));
            }

            foreach (var field in definition.GetFields().Select(metadata.GetFieldDefinition))
            {
                _known.Add(Field(type, metadata.GetString(field.Name), field.DecodeSignature(TypeNames.Provider, null)));
            }
        }
    }

    public IEnumerable<Finding> Missing(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        return metadata.TypeReferences.Select(handle => Name(metadata, handle))
            .Concat(metadata.MemberReferences.Select(handle => Name(metadata, metadata.GetMemberReference(handle))))
            .Where(name => !_known.Contains(name))
            .Select(name => new Finding(Rule.Undeclared, assembly.Name, name));
    }

    private static string Name(MetadataReader metadata, MemberReference member)
    {
        var type = member.Parent.Kind switch
        {
            HandleKind.TypeReference => Name(metadata, (TypeReferenceHandle)member.Parent),
            _ => TypeNames.Of(metadata, member.Parent),
        };
        var name = metadata.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Field
            ? Field(type, name, member.DecodeFieldSignature(TypeNames.Provider, null))
            : Method(type, name, member.DecodeMethodSignature(TypeNames.Provider, null));
    }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle) =>
        $"[{AssemblyOf(metadata, handle)}]{TypeNames.Of(metadata, handle)}";

    private static string AssemblyOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var scope = metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            HandleKind.TypeReference => AssemblyOf(metadata, (TypeReferenceHandle)scope),
            _ => metadata.GetString(metadata.GetAssemblyDefinition().Name),
        };
    }

    private static string Method(string type, string name, MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType} {type}.{name}({string.Join(',', signature.ParameterTypes)})";

    private static string Field(string type, string name, string fieldType) => $"{fieldType} {type}.{name}";
}
