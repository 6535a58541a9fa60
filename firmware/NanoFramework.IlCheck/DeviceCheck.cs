using NanoFramework.IlCheck.Il;
using NanoFramework.IlCheck.Rules;
using NanoFramework.IlCheck.Surface;

namespace NanoFramework.IlCheck;

/// <summary>Reads compiled device assemblies for what the device's own tool chain does not notice.</summary>
public sealed class DeviceCheck
{
    private readonly DeclaredMembers _declared = new();
    private readonly EnumTypes _enums = new();

    /// <param name="surface">The assemblies that declare what exists on the device.</param>
    public DeviceCheck(IEnumerable<DeviceAssembly> surface)
    {
        foreach (var assembly in surface)
        {
            Know(assembly);
        }
    }

    /// <summary>
    /// Checks an assembly, then knows its members for the next one. References point one way, so check in that order.
    /// </summary>
    public IReadOnlyList<Finding> Check(DeviceAssembly assembly)
    {
        Know(assembly);
        var findings = new List<Finding>();
        findings.AddRange(ShapeRule.Check(assembly));
        findings.AddRange(_declared.Missing(assembly));
        findings.AddRange(SizeRule.Check(assembly));
        findings.AddRange(BodylessRule.Check(assembly));
        findings.AddRange(StaticConstructorRule.Check(assembly));
        foreach (var method in assembly.Methods)
        {
            findings.AddRange(OpcodeRule.Check(method));
            findings.AddRange(new UnsignedRule(assembly, method, _enums).Check());
        }

        return findings;
    }

    private void Know(DeviceAssembly assembly)
    {
        _declared.Add(assembly);
        _enums.Add(assembly);
    }
}
