using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace SmartRadio.Firmware.Tests.Cost;

/// <summary>What a token of an instruction stands for.</summary>
/// <param name="Type">The type that has it; for a type itself, its name.</param>
/// <param name="Name">Its own name, or the type's.</param>
internal sealed record IlMember(string Type, string Name)
{
    public string FullName => $"{Type}.{Name}";

    public int Parameters { get; private init; }

    public bool IsInstance { get; private init; }

    public bool Returns { get; private init; }

    /// <summary>What the compiler stored for an array's first values.</summary>
    public byte[]? Content { get; private init; }

    public static IlMember Of(DeviceAssembly assembly, EntityHandle handle)
    {
        var metadata = assembly.Metadata;
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return Method(
                    TypeNames.Of(metadata, method.GetDeclaringType()), metadata.GetString(method.Name),
                    method.DecodeSignature(TypeNames.Provider, null));
            case HandleKind.FieldDefinition:
                var field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return new IlMember(
                    TypeNames.Of(metadata, field.GetDeclaringType()),
                    metadata.GetString(field.Name))
                { Content = assembly.Content(field) };
            case HandleKind.MemberReference:
                var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                var type = TypeNames.Of(metadata, member.Parent);
                var name = metadata.GetString(member.Name);
                return member.GetKind() == MemberReferenceKind.Field
                    ? new IlMember(type, name)
                    : Method(type, name, member.DecodeMethodSignature(TypeNames.Provider, null));
            default:
                var whole = TypeNames.Of(metadata, handle);
                return new IlMember(whole, whole);
        }
    }

    private static IlMember Method(string type, string name, MethodSignature<string> signature) => new(type, name)
    {
        Parameters = signature.ParameterTypes.Length,
        IsInstance = signature.Header.IsInstance,
        Returns = signature.ReturnType != "System.Void",
    };
}
