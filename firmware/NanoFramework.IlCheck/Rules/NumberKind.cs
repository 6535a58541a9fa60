namespace NanoFramework.IlCheck.Rules;

/// <summary>
/// The type that the interpreter carries with a number on its evaluation stack. The standard knows only 32 and 64 bits there,
/// so the compiler writes nothing for <c>(int)u</c> and the value stays unsigned. Smaller numbers become Int32 when loaded.
/// </summary>
internal enum NumberKind
{
    Other,
    Int32,
    UInt32,
    Int64,
    UInt64,
}
