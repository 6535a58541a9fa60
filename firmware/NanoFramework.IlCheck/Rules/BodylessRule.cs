using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>
/// Methods without IL. The interpreter runs a delegate's Invoke and what the firmware was built with; every other call of such a
/// method throws NotSupportedException (nf-interpreter, CLR_RT_StackFrame.cpp, Push).
/// </summary>
internal static class BodylessRule
{
    public static IEnumerable<Finding> Check(DeviceAssembly assembly) =>
        NativeMethods(assembly.Metadata).Concat(AsynchronousCalls(assembly));

    // The compiler marks a delegate's methods as the runtime's.
    private static IEnumerable<Finding> NativeMethods(MetadataReader metadata) => metadata.MethodDefinitions
        .Select(metadata.GetMethodDefinition)
        .Where(method => method.RelativeVirtualAddress == 0
            && !method.Attributes.HasFlag(MethodAttributes.Abstract)
            && !method.ImplAttributes.HasFlag(MethodImplAttributes.Runtime))
        .Select(method => new Finding(
            Rule.Bodyless,
            $"{TypeNames.Of(metadata, method.GetDeclaringType())}.{metadata.GetString(method.Name)}",
            "has no IL, and the firmware has nothing for it"));

    private static IEnumerable<Finding> AsynchronousCalls(DeviceAssembly assembly)
    {
        foreach (var method in assembly.Methods)
        {
            foreach (var call in method.Instructions.Where(
                instruction => instruction.Opcode.OperandType == OperandType.InlineMethod))
            {
                if (IsAsynchronous(assembly.Metadata, MetadataTokens.EntityHandle(call.Operand)))
                {
                    yield return new Finding(
                        Rule.Bodyless, $"{method.Name} at {call.Offset}", "calls a delegate's BeginInvoke or EndInvoke");
                }
            }
        }
    }

    // No other method takes AsyncCallback or IAsyncResult under these names (ECMA-335, II.14.6.3).
    private static bool IsAsynchronous(MetadataReader metadata, EntityHandle method)
    {
        var (name, signature) = method.Kind switch
        {
            HandleKind.MethodDefinition => Of(metadata, metadata.GetMethodDefinition((MethodDefinitionHandle)method)),
            HandleKind.MemberReference => Of(metadata, metadata.GetMemberReference((MemberReferenceHandle)method)),
            _ => default,
        };
        return (name == "BeginInvoke" && signature.ParameterTypes.Contains("System.AsyncCallback"))
            || (name == "EndInvoke" && signature.ParameterTypes.Contains("System.IAsyncResult"));
    }

    private static (string Name, MethodSignature<string> Signature) Of(MetadataReader metadata, MethodDefinition method) =>
        (metadata.GetString(method.Name), method.DecodeSignature(TypeNames.Provider, null));

    private static (string Name, MethodSignature<string> Signature) Of(MetadataReader metadata, MemberReference method) =>
        (metadata.GetString(method.Name), method.DecodeMethodSignature(TypeNames.Provider, null));
}
