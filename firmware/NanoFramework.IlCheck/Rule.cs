namespace NanoFramework.IlCheck;

/// <summary>What the device's tool chain accepts and its interpreter then gets wrong. Reasons: firmware/README.md.</summary>
public enum Rule
{
    /// <summary>
    /// Own generics, and instances of <c>Action&lt;T&gt;</c>, <c>Func&lt;&gt;</c>, <c>EventHandler&lt;T&gt;</c>: miscompiled.
    /// </summary>
    Generic,

    /// <summary>Arrays such as <c>int[,]</c>: the program does not start. Arrays of arrays are fine.</summary>
    MultiDimensionalArray,

    /// <summary>A body in an interface: never called.</summary>
    DefaultInterfaceMethod,

    /// <summary>A type, method or field that mscorlib as it is flashed lacks and that no declared assembly has.</summary>
    Undeclared,

    /// <summary>
    /// A method without IL that the firmware does not run: an own native one, a delegate's <c>BeginInvoke</c> or
    /// <c>EndInvoke</c>.
    /// </summary>
    Bodyless,

    /// <summary>An instruction that the interpreter refuses, or ignores although it means something.</summary>
    Opcode,

    /// <summary><c>checked</c> arithmetic: it never throws there.</summary>
    CheckedArithmetic,

    /// <summary>A value that the interpreter still takes for unsigned, used as signed.</summary>
    UnsignedAsSigned,

    /// <summary>
    /// A static constructor, written or made by the compiler for the first value of a static field: it may not end in the 40 ms
    /// that <c>Assembly.Load</c> has, and then the interpreter goes on in freed memory.
    /// </summary>
    StaticConstructor,

    /// <summary>A method or an assembly too large for the device's file format, or for us.</summary>
    Size,
}
