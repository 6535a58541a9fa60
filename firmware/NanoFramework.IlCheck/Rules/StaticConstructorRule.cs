using NanoFramework.IlCheck.Il;

namespace NanoFramework.IlCheck.Rules;

/// <summary>
/// Static constructors. <c>Assembly.Load</c> of a byte array sets its limit, two time quanta of 20 ms, before it checks and links
/// the assembly. Where it has static constructors it then waits for them, and once the limit has passed it throws and frees
/// what they still run in (nf-interpreter, corlib_native_System_Reflection_Assembly.cpp; nanoframework/Home issues 968 and 1330).
/// </summary>
internal static class StaticConstructorRule
{
    private const string Name = ".cctor";

    public static IEnumerable<Finding> Check(DeviceAssembly assembly) => assembly.Methods
        .Where(method => assembly.Metadata.StringComparer.Equals(method.Definition.Name, Name))
        .Select(method => new Finding(
            Rule.StaticConstructor,
            method.Name,
            "runs while the assembly is loaded, which has 40 ms for everything: make the value when it is first asked for"));
}
