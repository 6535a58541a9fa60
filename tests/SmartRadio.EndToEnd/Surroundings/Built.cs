using System.Reflection;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>What the build made, where it made it.</summary>
internal static class Built
{
    /// <summary>The web program with the controller and the broker in it.</summary>
    public static string WebProgram { get; } = Place("WebProgram");

    /// <summary>What the web program's pages are made from.</summary>
    public static string WebSources { get; } = Place("WebSources");

    /// <summary>The virtual nodes' program.</summary>
    public static string NodeProgram { get; } = Place("NodeProgram");

    /// <summary>The folder of everything built or fetched, which is not kept.</summary>
    public static string Artifacts { get; } = Place("Artifacts");

    private static string Place(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
