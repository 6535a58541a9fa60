using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>The declared types of what a method's instructions name.</summary>
internal sealed class MethodTypes
{
    private readonly MetadataReader _metadata;
    private readonly ImmutableArray<string?> _arguments;
    private readonly ImmutableArray<string> _locals;

    public MethodTypes(MetadataReader metadata, DeviceMethod method)
    {
        _metadata = metadata;
        var signature = method.Definition.DecodeSignature(TypeNames.Provider, null);
        Returned = signature.ReturnType;
        _arguments = signature.Header.IsInstance ? [null, .. signature.ParameterTypes] : [.. signature.ParameterTypes];
        _locals = method.Body.LocalSignature.IsNil
            ? []
            : metadata.GetStandaloneSignature(method.Body.LocalSignature).DecodeLocalSignature(TypeNames.Provider, null);
    }

    public string Returned { get; }

    public string? Argument(Instruction load) => Addressed(load, _arguments[Index(load)]);

    public string? Local(Instruction load) => Addressed(load, _locals[Index(load)]);

    public string Token(int token) => TypeNames.Of(_metadata, MetadataTokens.EntityHandle(token));

    public string Field(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        return handle.Kind == HandleKind.FieldDefinition
            ? _metadata.GetFieldDefinition((FieldDefinitionHandle)handle).DecodeSignature(TypeNames.Provider, null)
            : _metadata.GetMemberReference((MemberReferenceHandle)handle).DecodeFieldSignature(TypeNames.Provider, null);
    }

    public MethodSignature<string> Call(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        return handle.Kind switch
        {
            HandleKind.MethodDefinition =>
                _metadata.GetMethodDefinition((MethodDefinitionHandle)handle).DecodeSignature(TypeNames.Provider, null),
            HandleKind.MethodSpecification =>
                Call(MetadataTokens.GetToken(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method)),
            _ => _metadata.GetMemberReference((MemberReferenceHandle)handle).DecodeMethodSignature(TypeNames.Provider, null),
        };
    }

    // ldloc.2 has its index in its name, ldloc.s and ldloc behind it.
    private static int Index(Instruction load) => char.IsAsciiDigit(load.Opcode.Name![^1])
        ? int.Parse(load.Opcode.Name.AsSpan(load.Opcode.Name.Length - 1), CultureInfo.InvariantCulture)
        : load.Operand;

    private static string? Addressed(Instruction load, string? type) =>
        load.Opcode.Name is "ldarga" or "ldarga.s" or "ldloca" or "ldloca.s" ? $"{type}@" : type;
}
