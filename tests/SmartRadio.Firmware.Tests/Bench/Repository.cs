using System.Runtime.CompilerServices;

namespace SmartRadio.Firmware.Tests.Bench;

/// <summary>The files that the tests read.</summary>
internal static class Repository
{
    /// <summary>The folder <c>firmware</c>.</summary>
    public static string Firmware { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "..", "firmware"));

    public static string Surface { get; } = Path.Combine(Firmware, "NanoFramework.Surface");

    /// <summary>Name of the device's own class library, which comes as a package.</summary>
    public const string CoreLibrary = "mscorlib";

    /// <summary>Names of our own assemblies for the device.</summary>
    public static readonly string[] DeviceAssemblies = ["SmartRadio.Protocol", "SmartRadio.Node", "SmartRadio.Node.Esp32",
        "SmartRadio.Node.Loader"];

    /// <summary>Names of the declared assemblies: every folder with a list of members.</summary>
    public static IEnumerable<string> SurfaceAssemblies =>
        Directory.GetFiles(Surface, "members.txt", SearchOption.AllDirectories)
            .Select(list => Path.GetFileName(Path.GetDirectoryName(list)!));

    /// <summary>The class library's version, such as 1.17.11.0.</summary>
    public static Version CoreLibraryVersion
    {
        get
        {
            using var assembly = NanoFramework.IlCheck.Il.DeviceAssembly.Open(DeviceAssembly(CoreLibrary));
            return assembly.Metadata.GetAssemblyDefinition().Version;
        }
    }

    /// <summary>An assembly of the second build or the class library, beside the tests.</summary>
    public static string DeviceAssembly(string name) => Path.Combine(AppContext.BaseDirectory, "device", $"{name}.dll");

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
