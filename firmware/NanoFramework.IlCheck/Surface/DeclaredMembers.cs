using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Surface;

/// <summary>What the known assemblies offer to others; whatever else a device assembly refers to does not exist for it.</summary>
internal sealed class DeclaredMembers
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forTheCompiler = new(StringComparer.Ordinal);

    public void Add(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        foreach (var handle in metadata.TypeDefinitions.Where(handle => TypeDeclaration.IsVisible(metadata, handle)))
        {
            var type = $"[{assembly.Name}]{TypeNames.Of(metadata, handle)}";
            var names = assembly.IsFlashed(handle) ? _known : _forTheCompiler;
            names.Add(type);
            names.UnionWith(Members(metadata, metadata.GetTypeDefinition(handle), type));
        }
    }

    public IEnumerable<Finding> Missing(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        var attributes = new AttributeReferences(metadata);
        var types = metadata.TypeReferences
            .Select(handle => (Name: Name(metadata, handle), OfAttribute: attributes.Mention(handle)));
        var members = metadata.MemberReferences
            .Select(
                handle => (Name: Name(metadata, metadata.GetMemberReference(handle)), OfAttribute: attributes.Construct(handle)));
        return types.Concat(members)
            .Where(reference =>
                !_known.Contains(reference.Name) && !(reference.OfAttribute && _forTheCompiler.Contains(reference.Name)))
            .Select(reference => new Finding(Rule.Undeclared, assembly.Name, reference.Name));
    }

    private static IEnumerable<string> Members(MetadataReader metadata, TypeDefinition definition, string type)
    {
        var methods = definition.GetMethods().Select(metadata.GetMethodDefinition)
            .Where(method => Modifiers.Of(method.Attributes) is not null)
            .Select(method => Method(type, metadata.GetString(method.Name), method.DecodeSignature(TypeNames.Provider, null)));
        var fields = definition.GetFields().Select(metadata.GetFieldDefinition)
            .Where(field => FieldDeclaration.Of(metadata, field) is not null)
            .Select(field => Field(type, metadata.GetString(field.Name), field.DecodeSignature(TypeNames.Provider, null)));
        return methods.Concat(fields);
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
            HandleKind.AssemblyReference =>
                metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            HandleKind.TypeReference => AssemblyOf(metadata, (TypeReferenceHandle)scope),
            _ => metadata.GetString(metadata.GetAssemblyDefinition().Name),
        };
    }

    private static string Method(string type, string name, MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType} {type}.{name}({string.Join(',', signature.ParameterTypes)})";

    private static string Field(string type, string name, string fieldType) => $"{fieldType} {type}.{name}";
}
