using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;

namespace NanoFramework.IlCheck.Il;

/// <summary>
/// The device's table of strings: every text and every name of an assembly, each once, as UTF-8 with a zero behind it
/// (nanoFramework's metadata processor, nanoStringTable.cs). Names that the firmware knows by heart take no room there; they are
/// counted here all the same, so the table is a little smaller than this says.
/// </summary>
public static class FlashedStrings
{
    public static ISet<string> Of(DeviceAssembly assembly)
    {
        var metadata = assembly.Metadata;
        var strings = new HashSet<string>(StringComparer.Ordinal) { "", assembly.Name };
        foreach (var handle in metadata.AssemblyReferences)
        {
            strings.Add(metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        }

        foreach (var type in metadata.TypeReferences.Select(metadata.GetTypeReference))
        {
            strings.Add(metadata.GetString(type.Namespace));
            strings.Add(metadata.GetString(type.Name));
        }

        strings.UnionWith(metadata.MemberReferences
            .Select(handle => metadata.GetString(metadata.GetMemberReference(handle).Name)));
        strings.UnionWith(metadata.TypeDefinitions.SelectMany(handle => Names(metadata, metadata.GetTypeDefinition(handle))));
        strings.UnionWith(assembly.Methods.SelectMany(method => Texts(metadata, method)));
        return strings;
    }

    /// <summary>Bytes that the strings take in the table.</summary>
    public static int Bytes(IEnumerable<string> strings) => strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);

    // Constants are compiled in, so their names are not flashed; nor are those of properties and parameters.
    private static IEnumerable<string> Names(MetadataReader metadata, TypeDefinition type) => type.GetFields()
        .Select(metadata.GetFieldDefinition)
        .Where(field => !field.Attributes.HasFlag(FieldAttributes.Literal))
        .Select(field => metadata.GetString(field.Name))
        .Concat(type.GetMethods().Select(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name)))
        .Append(metadata.GetString(type.Namespace))
        .Append(metadata.GetString(type.Name));

    private static IEnumerable<string> Texts(MetadataReader metadata, DeviceMethod method) => method.Instructions
        .Where(instruction => instruction.Opcode.OperandType == OperandType.InlineString)
        .Select(instruction => metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(instruction.Operand)));
}
