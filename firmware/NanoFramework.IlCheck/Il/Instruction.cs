using System.Collections.Immutable;
using System.Reflection.Emit;

namespace NanoFramework.IlCheck.Il;

/// <summary>One IL instruction (ECMA-335, partition III).</summary>
/// <param name="Offset">Bytes from the beginning of the method.</param>
/// <param name="Opcode">What it does.</param>
/// <param name="Operand">Metadata token, index of the local or argument, or constant; zero when it has none or is a
/// branch.</param>
/// <param name="Targets">Offsets that it may jump to.</param>
public sealed record Instruction(int Offset, OpCode Opcode, int Operand, ImmutableArray<int> Targets)
{
    /// <summary>True when the next instruction in the file is never the next one to run.</summary>
    public bool EndsFlow => Opcode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw;
}
