namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>What the system answers where a file cannot be read or written.</summary>
internal static class FileProblem
{
    // The last is what the runtime makes of a file that its file system lets grow no further.
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>The reason, without the dot of a sentence.</summary>
    public static string ReasonOf(Exception e) =>
        e is ArgumentOutOfRangeException ? "the file may not grow further" : e.Message.TrimEnd('.');
}
