using NanoFramework.IlCheck;
using NanoFramework.IlCheck.Il;

namespace SmartRadio.Firmware.Tests.Bench;

/// <summary>Runs the check over real device assemblies or over what a snippet compiles to.</summary>
internal static class Checked
{
    /// <summary>Findings in the assemblies, each knowing those before it and all that is declared.</summary>
    public static IReadOnlyList<Finding> Assemblies(params string[] names) => WithSurface(check => names
        .SelectMany(name =>
        {
            using var assembly = DeviceAssembly.Open(Repository.DeviceAssembly(name));
            return check.Check(assembly);
        })
        .ToList());

    public static IReadOnlyList<Finding> Snippet(string source) => Image(SnippetCompiler.Compile(source));

    /// <summary>Findings in what was compiled against a mscorlib that is not the device's.</summary>
    public static IReadOnlyList<Finding> TemptedSnippet(string source) => Image(SnippetCompiler.CompileTempted(source));

    public static IReadOnlyList<Finding> Image(byte[] image) => WithSurface(check =>
    {
        using var assembly = new DeviceAssembly(new MemoryStream(image));
        return check.Check(assembly);
    });

    private static IReadOnlyList<Finding> WithSurface(Func<DeviceCheck, IReadOnlyList<Finding>> use)
    {
        var surface = Repository.SurfaceAssemblies.Append(Repository.CoreLibrary)
            .Select(name => DeviceAssembly.Open(Repository.DeviceAssembly(name))).ToList();
        var findings = use(new DeviceCheck(surface));
        surface.ForEach(assembly => assembly.Dispose());
        return findings;
    }
}
