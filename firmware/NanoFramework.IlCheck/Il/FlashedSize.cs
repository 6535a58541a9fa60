using System.Reflection.Emit;

namespace NanoFramework.IlCheck.Il;

/// <summary>
/// Bytes that a method takes in the device's table of byte code. nanoFramework's metadata processor (CodeWriter.cs) drops the
/// header, writes tokens and long branches in two bytes instead of four, a switch with one byte and two a target, and twelve
/// bytes for each protected region with a count of one byte behind them.
/// </summary>
public static class FlashedSize
{
    private const int Region = 12;

    public static int Of(DeviceMethod method)
    {
        var regions = method.Body.ExceptionRegions.Length;
        return method.Body.GetILReader().Length - method.Instructions.Sum(Saved) + (regions > 0 ? (regions * Region) + 1 : 0);
    }

    private static int Saved(Instruction instruction) => instruction.Opcode.OperandType switch
    {
        OperandType.InlineSwitch => 3 + (2 * instruction.Targets.Length),
        OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
            or OperandType.InlineBrTarget => 2,
        _ => 0,
    };
}
