using System.Reflection.Emit;
using NanoFramework.IlCheck.Il;

namespace SmartRadio.Firmware.Tests.Cost;

/// <summary>One call: its arguments, locals and stack, and the instructions that touch nothing else.</summary>
internal sealed class IlFrame(object?[] arguments, int locals)
{
    private readonly Stack<object?> _stack = new();
    // As many as instructions: a method never has more locals than it has instructions that fill them.
    private readonly object?[] _locals = [.. Enumerable.Repeat<object?>(0, locals)];

    /// <summary>What the method returns, if it returns something.</summary>
    public object? Result => _stack.Count > 0 ? _stack.Peek() : null;

    public void Push(object? value) => _stack.Push(value);

    public object? Pop() => _stack.Pop();

    /// <summary>The topmost values, the deepest first.</summary>
    public object?[] Pop(int count) => [.. Enumerable.Range(0, count).Select(_ => Pop()).ToArray().Reverse()];

    public void PushArray(string elements)
    {
        var length = Int();
        Push(elements switch
        {
            "System.Byte" => new byte[length],
            "System.Int16" => new short[length],
            "System.Int32" => new int[length],
            _ => throw new NotSupportedException($"The machine has no arrays of {elements}."),
        });
    }

    /// <summary>Whether a branch is taken.</summary>
    public bool Branches(OpCode opcode)
    {
        switch (opcode.Name!.Replace(".s", "", StringComparison.Ordinal))
        {
            case "br": return true;
            case "brtrue": return IsTrue(Pop());
            case "brfalse": return !IsTrue(Pop());
        }

        var right = Int();
        var left = Int();
        return opcode.Name!.Replace(".s", "", StringComparison.Ordinal) switch
        {
            "beq" => left == right,
            "bne.un" => left != right,
            "bge" => left >= right,
            "bgt" => left > right,
            "ble" => left <= right,
            "blt" => left < right,
            _ => throw new NotSupportedException($"The machine does not know {opcode.Name}."),
        };
    }

    /// <summary>Executes an instruction that needs nothing from outside the call; false when it does.</summary>
    public bool TryStep(Instruction instruction)
    {
        var name = instruction.Opcode.Name!;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var family = dot < 0 ? name : name[..dot];
        var place = dot >= 0 && name[^1] is >= '0' and <= '9' ? name[^1] - '0' : instruction.Operand;
        switch (family)
        {
            case "nop": break;
            case "ldarg": Push(arguments[place]); break;
            case "starg": arguments[place] = Pop(); break;
            case "ldloc": Push(_locals[place]); break;
            case "stloc": _locals[place] = Pop(); break;
            case "ldc": Push(Constant(name, instruction.Operand)); break;
            case "dup": Push(_stack.Peek()); break;
            case "pop": Pop(); break;
            case "ldlen": Push(((Array)Pop()!).Length); break;
            case "conv": Push(Convert(name, Int())); break;
            case "neg": Push(-Int()); break;
            case "not": Push(~Int()); break;
            case "ldelem": Load(); break;
            case "stelem": Store(); break;
            default: return TryCalculate(name);
        }

        return true;
    }

    private static int Constant(string name, int operand) => name switch
    {
        "ldc.i4" => operand,
        "ldc.i4.s" => (sbyte)operand,
        "ldc.i4.m1" => -1,
        _ => name[^1] - '0',
    };

    private static bool IsTrue(object? value) => value is int number ? number != 0 : value is not null;

    private static int Convert(string name, int value) => name switch
    {
        "conv.u1" => (byte)value,
        "conv.i1" => (sbyte)value,
        "conv.u2" => (ushort)value,
        "conv.i2" => (short)value,
        "conv.i4" => value,
        _ => throw new NotSupportedException($"The machine does not know {name}."),
    };

    private bool TryCalculate(string name)
    {
        Func<int, int, int>? result = name switch
        {
            "add" => (a, b) => a + b,
            "sub" => (a, b) => a - b,
            "mul" => (a, b) => a * b,
            "div" => (a, b) => a / b,
            "rem" => (a, b) => a % b,
            "and" => (a, b) => a & b,
            "or" => (a, b) => a | b,
            "xor" => (a, b) => a ^ b,
            "shl" => (a, b) => a << b,
            "shr" => (a, b) => a >> b,
            "ceq" => (a, b) => a == b ? 1 : 0,
            "cgt" => (a, b) => a > b ? 1 : 0,
            "clt" => (a, b) => a < b ? 1 : 0,
            _ => null,
        };
        if (result is null)
        {
            return false;
        }

        var right = Int();
        Push(result(Int(), right));
        return true;
    }

    private void Load()
    {
        var index = Int();
        Push(Pop() switch
        {
            byte[] bytes => bytes[index],
            short[] shorts => shorts[index],
            int[] ints => (object)ints[index],
            _ => throw new NotSupportedException("The machine has no such array."),
        } switch
        {
            byte value => (int)value,
            short value => (int)value,
            var value => value,
        });
    }

    private void Store()
    {
        var value = Int();
        var index = Int();
        switch (Pop())
        {
            case byte[] bytes: bytes[index] = (byte)value; break;
            case short[] shorts: shorts[index] = (short)value; break;
            case int[] ints: ints[index] = value; break;
            default: throw new NotSupportedException("The machine has no such array.");
        }
    }

    private int Int() => (int)Pop()!;
}
