using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace SmartRadio.Node.Tests.Cost;

/// <summary>
/// Rewrites a compiled assembly so that it counts the IL instructions it executes, per method: at the head of each basic block
/// the block's length is added. What the class library does within a call is not counted: on the device most of it is native.
/// </summary>
internal sealed class CountingAssembly
{
    /// <summary>The type, in the first assembly, that holds the counts.</summary>
    public const string CounterType = "InstructionCounter";

    private readonly List<string> _methods = [];
    private FieldDefinition? _counts;

    /// <summary>Names of the methods, by the index of their count.</summary>
    public IReadOnlyList<string> Methods => _methods;

    /// <summary>Rewrites assemblies, the one that the others refer to first.</summary>
    public IReadOnlyDictionary<string, byte[]> Rewrite(params string[] paths)
    {
        var rewritten = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(path);
            var module = assembly.MainModule;
            _counts ??= AddCounter(module);
            var counts = module.ImportReference(_counts);
            foreach (var method in module.GetTypes().Where(type => type.Name != CounterType).SelectMany(type => type.Methods)
                .Where(method => method.HasBody))
            {
                Count(method, counts);
            }

            using var stream = new MemoryStream();
            assembly.Write(stream);
            rewritten[assembly.Name.Name] = stream.ToArray();
        }

        return rewritten;
    }

    private static FieldDefinition AddCounter(ModuleDefinition module)
    {
        const TypeAttributes kind = TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed;
        var type = new TypeDefinition("", CounterType, kind, module.TypeSystem.Object);
        var field = new FieldDefinition(
            "Counts", FieldAttributes.Public | FieldAttributes.Static, new ArrayType(module.TypeSystem.Int64));
        type.Fields.Add(field);
        module.Types.Add(type);
        return field;
    }

    private void Count(MethodDefinition method, FieldReference counts)
    {
        var number = _methods.Count;
        _methods.Add($"{method.DeclaringType.Name}.{method.Name}");
        var body = method.Body;
        body.SimplifyMacros();
        var heads = Heads(body);
        var starts = new Dictionary<Instruction, Instruction>();
        var written = body.Instructions.ToArray();
        for (var i = 0; i < written.Length; i++)
        {
            if (!heads.Contains(written[i]))
            {
                continue;
            }

            var length = 1;
            while (i + length < written.Length && !heads.Contains(written[i + length]))
            {
                length++;
            }

            starts[written[i]] = Insert(body, written[i], counts, number, length);
        }

        foreach (var instruction in written)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => starts[target],
                Instruction[] targets => Array.ConvertAll(targets, target => starts[target]),
                var other => other,
            };
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = Moved(handler.HandlerEnd);
            handler.FilterStart = Moved(handler.FilterStart);
        }

        body.OptimizeMacros();

        Instruction? Moved(Instruction? place) => place is null ? null : starts[place];
    }

    private static HashSet<Instruction> Heads(MethodBody body)
    {
        var heads = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                heads.Add(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                heads.UnionWith(targets);
            }

            var flow = instruction.OpCode.FlowControl;
            if (instruction.Next is { } next
                && flow is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            {
                heads.Add(next);
            }
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            heads.UnionWith(new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd,
                handler.FilterStart }.OfType<Instruction>());
        }

        return heads;
    }

    private static Instruction Insert(MethodBody body, Instruction head, FieldReference counts, int number, int length)
    {
        var writer = body.GetILProcessor();
        Instruction[] added =
        [
            writer.Create(OpCodes.Ldsfld, counts),
            writer.Create(OpCodes.Ldc_I4, number),
            writer.Create(OpCodes.Ldelema, counts.Module.TypeSystem.Int64),
            writer.Create(OpCodes.Dup),
            writer.Create(OpCodes.Ldind_I8),
            writer.Create(OpCodes.Ldc_I4, length),
            writer.Create(OpCodes.Conv_I8),
            writer.Create(OpCodes.Add),
            writer.Create(OpCodes.Stind_I8),
        ];
        foreach (var instruction in added)
        {
            writer.InsertBefore(head, instruction);
        }

        return added[0];
    }
}
