using System.Reflection.Emit;
using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>The widths of the device's file format (CLR_RECORD_METHODDEF), and the size of method that we want to read.</summary>
internal static class SizeRule
{
    /// <summary>
    /// Bytes of IL in one method. Ours, not the device's, whose 16-bit branches reach 32,767: the largest method is the
    /// constructor that wires the node together, and nothing with a decision in it needs to be longer.
    /// </summary>
    public const int MethodBytes = 1024;

    /// <summary>Bytes of byte code in one assembly: a method is found by a 16-bit offset, and 0xFFFF means none.</summary>
    public const int AssemblyBytes = 0xFFFE;

    /// <summary>Bytes of strings in one assembly: each is found by a 16-bit offset.</summary>
    public const int StringBytes = 0xFFFF;

    /// <summary>Arguments, locals, evaluation stack and targets of a switch are counted in one byte each.</summary>
    public const int OneByte = byte.MaxValue;

    public static IEnumerable<Finding> Check(DeviceAssembly assembly) =>
        Assembly(assembly).Concat(assembly.Methods.SelectMany(method => Method(assembly.Metadata, method)));

    private static IEnumerable<Finding> Assembly(DeviceAssembly assembly)
    {
        var bytes = assembly.Methods.Sum(FlashedSize.Of);
        if (bytes > AssemblyBytes)
        {
            yield return new Finding(Rule.Size, assembly.Name, $"{bytes} bytes of byte code, at most {AssemblyBytes}");
        }

        var strings = FlashedStrings.Bytes(FlashedStrings.Of(assembly));
        if (strings > StringBytes)
        {
            yield return new Finding(Rule.Size, assembly.Name, $"{strings} bytes of strings, at most {StringBytes}");
        }
    }

    private static IEnumerable<Finding> Method(MetadataReader metadata, DeviceMethod method)
    {
        var signature = method.Definition.DecodeSignature(TypeNames.Provider, null);
        var locals = method.Body.LocalSignature.IsNil
            ? 0
            : metadata.GetStandaloneSignature(method.Body.LocalSignature).DecodeLocalSignature(TypeNames.Provider, null).Length;
        var targets = method.Instructions
            .Where(instruction => instruction.Opcode == OpCodes.Switch)
            .Select(instruction => instruction.Targets.Length)
            .DefaultIfEmpty()
            .Max();
        (string Name, int Count, int Limit)[] counts =
        [
            ("bytes of IL", method.Body.GetILReader().Length, MethodBytes),
            ("arguments", signature.ParameterTypes.Length + (signature.Header.IsInstance ? 1 : 0), OneByte),
            ("locals", locals, OneByte),
            ("deep evaluation stack", method.Body.MaxStack, OneByte),
            ("targets in a switch", targets, OneByte),
        ];
        return counts
            .Where(count => count.Count > count.Limit)
            .Select(count => new Finding(Rule.Size, method.Name, $"{count.Count} {count.Name}, at most {count.Limit}"));
    }
}
