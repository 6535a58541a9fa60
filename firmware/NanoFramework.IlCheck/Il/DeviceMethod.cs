using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace NanoFramework.IlCheck.Il;

/// <summary>A method with its instructions in the order of their offsets.</summary>
public sealed record DeviceMethod(
    string Name, MethodDefinition Definition, MethodBodyBlock Body, ImmutableArray<Instruction> Instructions);
