using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Surface;

/// <summary>
/// What an assembly refers to in order to say something to the compiler, such as <c>params</c> or <c>[Flags]</c>.
/// </summary>
internal sealed class AttributeReferences
{
    private readonly MetadataReader _metadata;
    private readonly HashSet<EntityHandle> _constructors = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    public AttributeReferences(MetadataReader metadata)
    {
        _metadata = metadata;
        foreach (var attribute in metadata.CustomAttributes.Select(metadata.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind == HandleKind.MemberReference && _constructors.Add(attribute.Constructor))
            {
                var constructor = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor);
                _types.Add(TypeNames.Of(metadata, constructor.Parent));
                _types.UnionWith(constructor.DecodeMethodSignature(TypeNames.Provider, null).ParameterTypes);
            }
        }
    }

    /// <summary>Whether an attribute is of this type or is given a value of it.</summary>
    public bool Mention(TypeReferenceHandle type) => _types.Contains(TypeNames.Of(_metadata, type));

    /// <summary>Whether the member makes an attribute.</summary>
    public bool Construct(MemberReferenceHandle member) => _constructors.Contains(member);
}
