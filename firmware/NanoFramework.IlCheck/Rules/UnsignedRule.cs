using System.Reflection.Metadata;
using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>
/// Follows the types on the evaluation stack as the interpreter keeps them and finds unsigned values that the program means to be
/// signed: shifted or divided for a remainder, widened, boxed, passed or returned. Storing into a local, a field or an array
/// gives the value the type of that place; passing and returning do not.
/// </summary>
internal sealed class UnsignedRule
{
    private readonly MetadataReader _metadata;
    private readonly DeviceMethod _method;
    private readonly EnumTypes _enums;
    private readonly MethodTypes _types;
    private readonly Dictionary<int, StackTypes> _arriving = [];
    private readonly List<Finding> _findings = [];
    private StackTypes _stack = new();

    public UnsignedRule(DeviceAssembly assembly, DeviceMethod method, EnumTypes enums)
    {
        _metadata = assembly.Metadata;
        _method = method;
        _enums = enums;
        _types = new MethodTypes(_metadata, method);
        foreach (var region in method.Body.ExceptionRegions)
        {
            var caught = region.Kind is ExceptionRegionKind.Catch or ExceptionRegionKind.Filter;
            _arriving[region.HandlerOffset] = caught ? new StackTypes([null]) : new StackTypes();
            if (region.Kind == ExceptionRegionKind.Filter)
            {
                _arriving[region.FilterOffset] = new StackTypes([null]);
            }
        }
    }

    public IReadOnlyList<Finding> Check()
    {
        var reachedFromAbove = true;
        foreach (var instruction in _method.Instructions)
        {
            Enter(instruction.Offset, reachedFromAbove);
            Step(instruction);
            foreach (var target in instruction.Targets)
            {
                Leave(target);
            }

            reachedFromAbove = !instruction.EndsFlow;
        }

        return _findings;
    }

    private void Enter(int offset, bool reachedFromAbove)
    {
        var arriving = _arriving.GetValueOrDefault(offset);
        if (!reachedFromAbove)
        {
            _stack = arriving?.Copy() ?? new StackTypes();
        }
        else if (arriving is not null)
        {
            _stack.Meet(arriving, IsUnsigned);
        }
    }

    private void Leave(int target)
    {
        if (_arriving.TryGetValue(target, out var known))
        {
            known.Meet(_stack, IsUnsigned);
        }
        else
        {
            _arriving[target] = _stack.Copy();
        }
    }

    private void Step(Instruction instruction)
    {
        var name = instruction.Opcode.Name!;
        switch (name)
        {
            case "shr" or "rem":
                _stack.Pop();
                if (Signed(instruction, _stack.Top))
                {
                    // Reported once.
                    Replace(null);
                }

                break;
            case "add" or "sub" or "mul" or "div" or "div.un" or "rem.un" or "and" or "or" or "xor" or "shl" or "shr.un":
                // The left operand's type is the result's.
                _stack.Pop();
                break;
            case "neg" or "not":
                break;
            case "dup":
                _stack.Push(_stack.Top);
                break;
            case "conv.i8" or "conv.r4" or "conv.r8":
                Signed(instruction, _stack.Top);
                Replace(Converted(name));
                break;
            case "box":
                Signed(instruction, _stack.Pop(), _types.Token(instruction.Operand));
                _stack.Push(null);
                break;
            case "call" or "callvirt" or "newobj":
                Call(instruction);
                break;
            case "ret":
                Signed(instruction, _stack.Top, _types.Returned);
                _stack.Clear();
                break;
            case "leave" or "leave.s":
                _stack.Clear();
                break;
            default:
                Load(instruction, name);
                break;
        }
    }

    private void Load(Instruction instruction, string name)
    {
        var top = _stack.Top;
        var array = name.StartsWith("ldelem", StringComparison.Ordinal);
        var pushed = name switch
        {
            _ when name.StartsWith("conv.", StringComparison.Ordinal) => Converted(name),
            "ldlen" => "System.UInt32",
            "ldfld" or "ldsfld" => _types.Field(instruction.Operand),
            "ldflda" or "ldsflda" => $"{_types.Field(instruction.Operand)}@",
            "newarr" => $"{_types.Token(instruction.Operand)}[]",
            "unbox.any" or "castclass" or "ldobj" => _types.Token(instruction.Operand),
            _ when name.StartsWith("ldarg", StringComparison.Ordinal) => _types.Argument(instruction),
            _ when name.StartsWith("ldloc", StringComparison.Ordinal) => _types.Local(instruction),
            _ when name.StartsWith("ldind", StringComparison.Ordinal) => top?.TrimEnd('@'),
            _ => null,
        };
        if (array)
        {
            _stack.Pop();
            var element = _stack.Pop();
            pushed = element?.EndsWith("[]", StringComparison.Ordinal) == true ? element[..^2] : null;
            _stack.Push(name == "ldelema" ? $"{pushed}@" : pushed);
            return;
        }

        _stack.Apply(instruction.Opcode);
        if (pushed is not null)
        {
            Replace(pushed);
        }
    }

    private void Call(Instruction instruction)
    {
        var call = _types.Call(instruction.Operand);
        for (var i = call.ParameterTypes.Length - 1; i >= 0; i--)
        {
            Signed(instruction, _stack.Pop(), call.ParameterTypes[i]);
        }

        var creates = instruction.Opcode.Name == "newobj";
        if (call.Header.IsInstance && !creates)
        {
            _stack.Pop();
        }

        if (creates || call.ReturnType != "System.Void")
        {
            _stack.Push(creates ? null : call.ReturnType);
        }
    }

    /// <summary>Finds an unsigned value where the program means a signed one.</summary>
    private bool Signed(Instruction instruction, string? actual, string meant = "System.Int64")
    {
        var meantSigned = _enums.Kind(meant) is NumberKind.Int32 or NumberKind.Int64;
        if (!meantSigned || !IsUnsigned(actual) || IsHarmless(instruction, actual))
        {
            return false;
        }

        _findings.Add(new Finding(
            Rule.UnsignedAsSigned,
            $"{_method.Name} at {instruction.Offset}",
            $"{instruction.Opcode.Name} takes a {actual} as signed; keep it in a signed field or array, or use int and long throughout"));
        return true;
    }

    // A 64-bit value has no further to be widened.
    private bool IsHarmless(Instruction instruction, string? actual) =>
        instruction.Opcode.Name == "conv.i8" && _enums.Kind(actual) == NumberKind.UInt64;

    private bool IsUnsigned(string? type) => _enums.Kind(type) is NumberKind.UInt32 or NumberKind.UInt64;

    private void Replace(string? type)
    {
        _stack.Pop();
        _stack.Push(type);
    }

    private static string Converted(string name) => name switch
    {
        "conv.u4" or "conv.u" => "System.UInt32",
        "conv.u8" => "System.UInt64",
        "conv.i8" => "System.Int64",
        "conv.r4" => "System.Single",
        "conv.r8" or "conv.r.un" => "System.Double",
        _ => "System.Int32",
    };
}
