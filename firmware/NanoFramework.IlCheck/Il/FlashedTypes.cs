using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace NanoFramework.IlCheck.Il;

/// <summary>
/// The types of an assembly that its flashed form (.pe) has. nanoFramework's metadata processor leaves out what only the compiler
/// needs, attributes above all. It writes the tokens of the rest into a .pdbx beside the two.
/// </summary>
internal static class FlashedTypes
{
    /// <summary>Metadata tokens of the flashed types, or null when no .pdbx lies beside the assembly.</summary>
    public static ImmutableHashSet<int>? Of(string assemblyPath)
    {
        var list = Path.ChangeExtension(assemblyPath, ".pdbx");
        return File.Exists(list) ? [.. XDocument.Load(list).Descendants("Class").Select(Token)] : null;
    }

    // <Class><Token><CLR>0x02000009</CLR><nanoCLR>0x04000001</nanoCLR></Token>...
    private static int Token(XElement type) =>
        int.Parse(type.Element("Token")!.Element("CLR")!.Value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
