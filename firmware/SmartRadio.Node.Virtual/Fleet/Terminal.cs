namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>
/// What the program says to whom runs it, a line at a time. Nobody may be listening any more, as when the log's disk is full: no
/// loudspeaker falls silent for that. Names come from elsewhere, and give the terminal no commands.
/// </summary>
internal static class Terminal
{
    public static void Say(string line) => Write(Console.Out, line);

    public static void SayProblem(string line) => Write(Console.Error, line);

    private static void Write(TextWriter to, string line)
    {
        try
        {
            to.WriteLine(string.Concat(line.Where(letter => !char.IsControl(letter))));
        }
        // The last is what the runtime makes of a file that its file system lets grow no further.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // There is nobody to tell.
        }
    }
}
