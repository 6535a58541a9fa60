using System.Reflection.Emit;
using System.Reflection.Metadata.Ecma335;
using NanoFramework.IlCheck.Il;

namespace SmartRadio.Firmware.Tests.Cost;

/// <summary>
/// Executes methods of device assemblies instruction by instruction and counts them, as the device's interpreter would spend
/// them. It knows integers, arrays of them and objects: what the decoders are made of. Anything else throws.
/// </summary>
internal sealed class IlMachine
{
    private readonly Dictionary<string, (DeviceAssembly Assembly, DeviceMethod Method)> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _statics = new(StringComparer.Ordinal);
    private readonly HashSet<string> _initialised = new(StringComparer.Ordinal);

    public IlMachine(params IEnumerable<DeviceAssembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            foreach (var method in assembly.Methods)
            {
                _methods[Key(method.Name, Parameters(method))] = (assembly, method);
            }
        }
    }

    /// <summary>Instructions executed so far, constructors and callees included.</summary>
    public long Executed { get; private set; }

    /// <summary>Makes an object with its constructor without arguments.</summary>
    public IlObject New(string type)
    {
        var made = new IlObject(type);
        Run(Key($"{type}..ctor", 0), [made]);
        return made;
    }

    /// <summary>Calls a method of the object's own type.</summary>
    public object? Call(IlObject on, string method, params object[] arguments) =>
        Run(Key($"{on.Type}.{method}", arguments.Length), [on, .. arguments]);

    private static string Key(string name, int parameters) => $"{name}/{parameters}";

    private static int Parameters(DeviceMethod method) =>
        method.Definition.DecodeSignature(TypeNames.Provider, null).ParameterTypes.Length;

    private object? Run(string key, object?[] arguments)
    {
        if (!_methods.TryGetValue(key, out var found))
        {
            throw new NotSupportedException($"{key} is in none of the assemblies.");
        }

        var (assembly, method) = found;
        var starts = method.Instructions.Select((instruction, index) => (instruction.Offset, index)).ToDictionary();
        var frame = new IlFrame(arguments, method.Instructions.Length);
        for (var next = 0; ;)
        {
            var instruction = method.Instructions[next++];
            Executed++;
            if (instruction.Opcode == OpCodes.Ret)
            {
                return frame.Result;
            }

            var jumps = instruction.Targets.Length > 0
                ? frame.Branches(instruction.Opcode)
                : !frame.TryStep(instruction) && Refer(assembly, frame, instruction);
            next = jumps ? starts[instruction.Targets[0]] : next;
        }
    }

    /// <summary>Does what mentions a member of some type. Never jumps.</summary>
    private bool Refer(DeviceAssembly assembly, IlFrame frame, Instruction instruction)
    {
        var member = IlMember.Of(assembly, MetadataTokens.EntityHandle(instruction.Operand));
        switch (instruction.Opcode.Name)
        {
            case "ldfld":
                frame.Push(((IlObject)frame.Pop()!).Fields.GetValueOrDefault(member.Name, 0));
                return false;
            case "stfld":
                var value = frame.Pop();
                ((IlObject)frame.Pop()!).Fields[member.Name] = value;
                return false;
            case "ldsfld":
                Initialise(member.Type);
                // Made when first asked for, where it has no static constructor.
                frame.Push(_statics.GetValueOrDefault(member.FullName));
                return false;
            case "stsfld":
                _statics[member.FullName] = frame.Pop()!;
                return false;
            case "ldtoken":
                frame.Push(member.Content);
                return false;
            case "newarr":
                frame.PushArray(member.Name);
                return false;
            case "newobj":
                var made = new IlObject(member.Type);
                Run(Key(member.FullName, member.Parameters), [made, .. frame.Pop(member.Parameters)]);
                frame.Push(made);
                return false;
            case "call" or "callvirt":
                Call(frame, member);
                return false;
            default:
                throw new NotSupportedException($"The machine does not know {instruction.Opcode.Name}.");
        }
    }

    private void Call(IlFrame frame, IlMember member)
    {
        var arguments = frame.Pop(member.Parameters + (member.IsInstance ? 1 : 0));
        if (member.FullName == "System.Runtime.CompilerServices.RuntimeHelpers.InitializeArray")
        {
            Buffer.BlockCopy((byte[])arguments[1]!, 0, (Array)arguments[0]!, 0, Buffer.ByteLength((Array)arguments[0]!));
        }
        else if (member.FullName != "System.Object..ctor")
        {
            var result = Run(Key(member.FullName, member.Parameters), arguments);
            if (member.Returns)
            {
                frame.Push(result);
            }
        }
    }

    private void Initialise(string type)
    {
        if (_initialised.Add(type) && _methods.ContainsKey(Key($"{type}..cctor", 0)))
        {
            Run(Key($"{type}..cctor", 0), []);
        }
    }
}

/// <summary>An object of a device type: its fields by name.</summary>
internal sealed record IlObject(string Type)
{
    public Dictionary<string, object?> Fields { get; } = new(StringComparer.Ordinal);
}
