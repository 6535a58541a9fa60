using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace SmartRadio.Firmware.Tests.Bench;

/// <summary>Compiles as an outside build does, optimised and with language version 9.</summary>
internal static class SnippetCompiler
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9);

    private static readonly MetadataReference CoreLibrary =
        MetadataReference.CreateFromFile(Repository.DeviceAssembly(Repository.CoreLibrary));

    private static readonly Lazy<MetadataReference> TemptingCoreLibrary =
        new(() => MetadataReference.CreateFromImage(Emit(Create(Repository.CoreLibrary, Temptations()))));

    /// <summary>Compiles against the device's mscorlib.</summary>
    /// <returns>The assembly's bytes.</returns>
    public static byte[] Compile(string source) => Emit(Create("Snippet", source, CoreLibrary));

    /// <summary>Compiles against a mscorlib that has what the device's lacks (Temptations.txt).</summary>
    /// <returns>The assembly's bytes.</returns>
    public static byte[] CompileTempted(string source) => Emit(Create("Snippet", source, TemptingCoreLibrary.Value));

    /// <summary>Compiles against the device's mscorlib.</summary>
    /// <returns>Codes of the compiler's errors, such as CS0518.</returns>
    public static IEnumerable<string> Errors(string source) => Create("Snippet", source, CoreLibrary)
        .Emit(Stream.Null)
        .Diagnostics
        .Where(found => found.Severity == DiagnosticSeverity.Error)
        .Select(found => found.Id);

    private static CSharpCompilation Create(string name, string source, params IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, Language)],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));

    private static byte[] Emit(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image, options: new EmitOptions(runtimeMetadataVersion: "v4.0.30319"));
        Assert.True(
            result.Success, string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
        return image.ToArray();
    }

    private static string Temptations()
    {
        using var reader = new StreamReader(typeof(SnippetCompiler).Assembly.GetManifestResourceStream("Temptations")!);
        return reader.ReadToEnd();
    }
}
