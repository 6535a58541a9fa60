using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;

namespace NanoFramework.IlCheck.Il;

/// <summary>Splits a method's bytes into instructions.</summary>
public static class IlReader
{
    private const byte TwoByteOpcode = 0xFE;

    private static readonly FrozenDictionary<short, OpCode> Opcodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(opcode => opcode.Value);

    /// <exception cref="InvalidDataException">The bytes are not IL.</exception>
    public static ImmutableArray<Instruction> Read(byte[] il)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        var offset = 0;
        while (offset < il.Length)
        {
            var begin = offset;
            var value = il[offset] == TwoByteOpcode
                ? unchecked((short)((TwoByteOpcode << 8) | il[offset + 1]))
                : il[offset];
            if (!Opcodes.TryGetValue(value, out var opcode))
            {
                throw new InvalidDataException($"No instruction has the code 0x{value:X} at offset {begin}.");
            }

            offset += opcode.Size;
            var length = OperandLength(opcode, il.AsSpan(offset));
            var (operand, targets) = Operand(opcode, il.AsSpan(offset, length), offset + length);
            instructions.Add(new Instruction(begin, opcode, operand, targets));
            offset += length;
        }

        return instructions.ToImmutable();
    }

    private static int OperandLength(OpCode opcode, ReadOnlySpan<byte> rest) => opcode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(rest)),
        _ => 4,
    };

    private static (int Operand, ImmutableArray<int> Targets) Operand(OpCode opcode, ReadOnlySpan<byte> bytes, int next)
    {
        switch (opcode.OperandType)
        {
            case OperandType.ShortInlineBrTarget:
                return (0, [next + (sbyte)bytes[0]]);
            case OperandType.InlineBrTarget:
                return (0, [next + BinaryPrimitives.ReadInt32LittleEndian(bytes)]);
            case OperandType.InlineSwitch:
                var targets = ImmutableArray.CreateBuilder<int>();
                for (var i = 4; i < bytes.Length; i += 4)
                {
                    targets.Add(next + BinaryPrimitives.ReadInt32LittleEndian(bytes[i..]));
                }

                return (0, targets.ToImmutable());
            case OperandType.ShortInlineI or OperandType.ShortInlineVar:
                return (bytes[0], []);
            case OperandType.InlineVar:
                return (BinaryPrimitives.ReadUInt16LittleEndian(bytes), []);
            default:
                return (bytes.Length == 4 ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0, []);
        }
    }
}
