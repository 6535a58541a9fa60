using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using NanoFramework.IlCheck.Il;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

/// <summary>The loader's methods whose frames stay for as long as the program runs.</summary>
public sealed class LoaderTests
{
    private const string Start = "SmartRadio.Node.Loader.Program.";

    private static readonly string[] Readers =
    [
        "System.IO.File.ReadAllBytes", "SmartRadio.Node.Updates.BootSlots.Load", "System.Reflection.Assembly.Load",
        "SmartRadio.Protocol.Objects.ReleaseBundle.Read",
    ];

    [Fact]
    public void Methods_that_stay_while_the_program_runs_hold_none_of_its_bytes()
    {
        using var loader = DeviceAssembly.Open(Repository.DeviceAssembly("SmartRadio.Node.Loader"));
        var calls = loader.Methods
            .Where(method => method.Name.StartsWith(Start, StringComparison.Ordinal))
            .ToDictionary(method => method.Name, method => Called(loader.Metadata, method), StringComparer.Ordinal);

        var staying = calls.Keys.Where(method => Reaches(calls, method, "System.Reflection.MethodBase.Invoke")).ToList();

        Assert.Contains(Start + "Main", staying);
        Assert.All(staying, method => Assert.Empty(calls[method].Intersect(Readers, StringComparer.Ordinal)));
        Assert.Contains(calls.Values, called => Readers.All(reader => reader.EndsWith("ReadAllBytes", StringComparison.Ordinal)
            || called.Contains(reader)));
    }

    private static bool Reaches(Dictionary<string, HashSet<string>> calls, string method, string what) =>
        calls[method].Contains(what)
        || calls[method].Any(called => called != method && calls.ContainsKey(called) && Reaches(calls, called, what));

    private static HashSet<string> Called(MetadataReader metadata, DeviceMethod method) => method.Instructions
        .Where(instruction => instruction.Opcode.OperandType == System.Reflection.Emit.OperandType.InlineMethod)
        .Select(instruction => Name(metadata, MetadataTokens.EntityHandle(instruction.Operand)))
        .ToHashSet(StringComparer.Ordinal);

    private static string Name(MetadataReader metadata, EntityHandle method)
    {
        if (method.Kind == HandleKind.MemberReference)
        {
            var member = metadata.GetMemberReference((MemberReferenceHandle)method);
            return $"{TypeNames.Of(metadata, member.Parent)}.{metadata.GetString(member.Name)}";
        }

        var definition = metadata.GetMethodDefinition((MethodDefinitionHandle)method);
        return $"{TypeNames.Of(metadata, definition.GetDeclaringType())}.{metadata.GetString(definition.Name)}";
    }
}
