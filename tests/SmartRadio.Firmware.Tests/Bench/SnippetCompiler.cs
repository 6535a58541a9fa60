using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace SmartRadio.Firmware.Tests.Bench;

/// <summary>
/// Compiles as an outside build does, optimised and with language version 9, against the declared mscorlib plus the things that
/// the real one has, or a stranger's might have, to lead into temptation (Temptations.cs).
/// </summary>
internal static class SnippetCompiler
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9);

    private static readonly Lazy<MetadataReference> TemptingCorlib =
        new(() => MetadataReference.CreateFromImage(Emit("mscorlib", Embedded("mscorlib/"), [])));

    /// <summary>Compiles members of a class, or whole types when the source declares some.</summary>
    /// <returns>The assembly's bytes.</returns>
    public static byte[] Compile(string source) =>
        Emit("Snippet", [CSharpSyntaxTree.ParseText(source, Language)], [TemptingCorlib.Value]);

    private static byte[] Emit(string name, IEnumerable<SyntaxTree> sources, IEnumerable<MetadataReference> references)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true);
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(name, sources, references, options)
            .Emit(image, options: new EmitOptions(runtimeMetadataVersion: "v4.0.30319"));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
        return image.ToArray();
    }

    private static IEnumerable<SyntaxTree> Embedded(string prefix)
    {
        var assembly = typeof(SnippetCompiler).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return CSharpSyntaxTree.ParseText(reader.ReadToEnd(), Language);
        }
    }
}
