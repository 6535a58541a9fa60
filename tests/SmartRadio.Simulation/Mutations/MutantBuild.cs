using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRadio.Simulation.Mutations;

/// <summary>
/// Compiles a project's own sources with one place changed, so that production code needs no switches for tests.
/// </summary>
internal static partial class MutantBuild
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; "
        + "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"SmartRadio.Simulation\")]";

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Platform = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    private static readonly ConcurrentDictionary<string, Lazy<CSharpCompilation>> Projects = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">The place is not there once, or the mutant does not compile.</exception>
    public static (string Assembly, byte[] Image) Compile(Mutation mutation)
    {
        var parts = mutation.File.Split('/');
        var project = Projects.GetOrAdd(Path.Combine(Root(), parts[0], parts[1]), folder => new(() => Read(folder))).Value;
        var path = Path.Combine(Root(), mutation.File);
        var right = project.SyntaxTrees.Single(tree => tree.FilePath == path);
        var wrong = CSharpSyntaxTree.ParseText(Planted(path, mutation), (CSharpParseOptions)right.Options, path);
        using var image = new MemoryStream();
        var result = project.ReplaceSyntaxTree(right, wrong).Emit(image);
        return result.Success
            ? (parts[1], image.ToArray())
            : throw new InvalidOperationException(
                string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>A project as it stands, read once for all its mutants.</summary>
    private static CSharpCompilation Read(string folder)
    {
        var name = Path.GetFileName(folder);
        var isDevice = Path.GetFileName(Path.GetDirectoryName(folder)) == "firmware";
        var language = new CSharpParseOptions(isDevice ? LanguageVersion.CSharp9 : LanguageVersion.Latest);
        var trees = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => CSharpSyntaxTree.ParseText(Ready(File.ReadAllText(path)), language, path))
            .ToList();
        if (!isDevice)
        {
            trees.Add(CSharpSyntaxTree.ParseText(ImplicitUsings, language));
        }

        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: isDevice ? NullableContextOptions.Disable : NullableContextOptions.Enable);
        return CSharpCompilation.Create(
            name, trees,
            Platform.Value.Where(reference => IsBelow(Path.GetFileNameWithoutExtension(reference.Display)!, name)), options);
    }

    /// <summary>What the project itself may refer to: everything but the projects above and beside it.</summary>
    private static bool IsBelow(string assembly, string project) => assembly switch
    {
        "SmartRadio.Protocol" => project != assembly,
        "SmartRadio.Audio" or "SmartRadio.Mqtt" => project == "SmartRadio.Controller",
        _ => !assembly.StartsWith("SmartRadio.", StringComparison.Ordinal),
    };

    private static string Planted(string path, Mutation mutation)
    {
        var source = Ready(File.ReadAllText(path)).ReplaceLineEndings("\n");
        // From the last place to the first: what is moved forward would stand there twice for a while.
        foreach (var (right, wrong) in mutation.Right.Split(Mutation.And).Zip(mutation.Wrong.Split(Mutation.And)).Reverse())
        {
            var found = Tokens(right).Matches(source);
            if (found is not [{ Index: var at, Length: var length }])
            {
                throw new InvalidOperationException($"\"{right}\" does not stand once in {mutation.File}.");
            }

            source = source[..at] + wrong + source[(at + length)..];
        }

        return source;
    }

    /// <summary>Finds the same code however its lines are broken.</summary>
    private static Regex Tokens(string code)
    {
        var pattern = new StringBuilder();
        var isAfterWord = false;
        foreach (Match token in Token().Matches(code))
        {
            var isWord = char.IsLetterOrDigit(token.Value[0]) || token.Value[0] == '_';
            pattern.Append(pattern.Length == 0 ? string.Empty : isAfterWord && isWord ? "\\s+" : "\\s*").Append(Regex.Escape(token.Value));
            isAfterWord = isWord;
        }

        return new Regex(pattern.ToString(), RegexOptions.None, TimeSpan.FromSeconds(10));
    }

    [GeneratedRegex(@"\w+|[^\w\s]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    /// <summary>Source generators do not run here; what they would make is not used in the simulation.</summary>
    private static string Ready(string source) =>
        GeneratedExpression().Replace(source, "${access}${declaration} => throw new NotSupportedException();");

    [GeneratedRegex(
        @"\[GeneratedRegex\(.*?\)\]\s*(?<access>\w+ static )partial (?<declaration>Regex \w+\(\));",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GeneratedExpression();

    private static string Root([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
