using System.Runtime.CompilerServices;

namespace SmartRadio.Firmware.Tests.Bench;

/// <summary>The files that the tests read.</summary>
internal static class Repository
{
    /// <summary>The folder <c>firmware</c>.</summary>
    public static string Firmware { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "..", "firmware"));

    public static string Surface { get; } = Path.Combine(Firmware, "NanoFramework.Surface");

    /// <summary>Names of the declared assemblies: every folder with a list of members.</summary>
    public static IEnumerable<string> SurfaceAssemblies =>
        Directory.GetFiles(Surface, "members.txt", SearchOption.AllDirectories).Select(list => Path.GetFileName(Path.GetDirectoryName(list)!));

    /// <summary>An assembly of the second build, beside the tests.</summary>
    public static string DeviceAssembly(string name) => Path.Combine(AppContext.BaseDirectory, "device", $"{name}.dll");

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
