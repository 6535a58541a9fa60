using System.Reflection.Emit;

namespace NanoFramework.IlCheck.Rules;

/// <summary>The types on the evaluation stack at one point of a method; null where it does not matter.</summary>
internal sealed class StackTypes
{
    private readonly List<string?> _types = [];

    public StackTypes(params IEnumerable<string?> types) => _types.AddRange(types);

    public string? Top => _types.Count > 0 ? _types[^1] : null;

    public void Push(string? type) => _types.Add(type);

    public string? Pop()
    {
        if (_types.Count == 0)
        {
            return null;
        }

        var type = _types[^1];
        _types.RemoveAt(_types.Count - 1);
        return type;
    }

    public void Clear() => _types.Clear();

    public StackTypes Copy() => new(_types);

    /// <summary>Where two ways meet, the unsigned type is the one that can do harm.</summary>
    public void Meet(StackTypes other, Func<string?, bool> isUnsigned)
    {
        for (var i = 0; i < Math.Min(_types.Count, other._types.Count); i++)
        {
            if (isUnsigned(other._types[i]))
            {
                _types[i] = other._types[i];
            }
        }
    }

    /// <summary>What the standard says an instruction pops and pushes, for those whose types do not matter.</summary>
    public void Apply(OpCode opcode)
    {
        for (var i = 0; i < Pops(opcode.StackBehaviourPop); i++)
        {
            Pop();
        }

        for (var i = 0; i < Pushes(opcode.StackBehaviourPush); i++)
        {
            Push(null);
        }
    }

    private static int Pops(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 or StackBehaviour.Varpop => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1
            or StackBehaviour.Popref_popi => 2,
        _ => 3,
    };

    private static int Pushes(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Push0 or StackBehaviour.Varpush => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };
}
