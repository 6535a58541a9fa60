using System.Collections.Frozen;
using System.Reflection.Emit;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>
/// Instructions that the 1.x interpreter does not carry out as the standard says (nf-interpreter, Interpreter.cpp).
/// </summary>
internal static class OpcodeRule
{
    private static readonly FrozenDictionary<OpCode, string> Refused = new Dictionary<OpCode, string>
    {
        [OpCodes.Arglist] = "the interpreter refuses it",
        [OpCodes.Calli] = "the interpreter refuses it",
        [OpCodes.Ckfinite] = "the interpreter refuses it",
        [OpCodes.Cpblk] = "the interpreter refuses it",
        [OpCodes.Initblk] = "the interpreter refuses it",
        [OpCodes.Jmp] = "the interpreter refuses it",
        [OpCodes.Localloc] = "the interpreter refuses it",
        [OpCodes.Mkrefany] = "the interpreter refuses it",
        [OpCodes.Refanytype] = "the interpreter refuses it",
        [OpCodes.Refanyval] = "the interpreter refuses it",
        [OpCodes.Readonly] = "the interpreter refuses it",
        [OpCodes.Tailcall] = "the interpreter ignores it: the stack grows",
        [OpCodes.Unaligned] = "the interpreter ignores it",
        [OpCodes.Volatile] = "the interpreter ignores it",
        [OpCodes.Sizeof] = "it gives the size of the interpreter's own block",
    }.ToFrozenDictionary();

    public static IEnumerable<Finding> Check(DeviceMethod method)
    {
        foreach (var instruction in method.Instructions)
        {
            var where = $"{method.Name} at {instruction.Offset}";
            if (Refused.TryGetValue(instruction.Opcode, out var reason))
            {
                yield return new Finding(Rule.Opcode, where, $"{instruction.Opcode.Name}: {reason}");
            }

            if (instruction.Opcode.Name!.Contains(".ovf", StringComparison.Ordinal))
            {
                yield return new Finding(Rule.CheckedArithmetic, where, $"{instruction.Opcode.Name} never throws on the device");
            }
        }
    }
}
