using System.Threading.Channels;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>
/// What the program says to whom runs it, a line at a time. Nobody may be listening any more, as when the log's disk is full, or
/// somebody holds the terminal: no loudspeaker falls silent for that, and the oldest lines are lost. Names come from elsewhere,
/// and give the terminal no commands.
/// </summary>
internal static class Terminal
{
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly Channel<string> Waiting = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
    private static readonly Task Writing = Task.Run(WriteAsync);

    /// <summary>Says it soon, and never waits for who listens.</summary>
    public static void Say(string line) => Waiting.Writer.TryWrite(line);

    public static void SayProblem(string line) => Write(Console.Error, line);

    /// <summary>Waits for what was said, but for nobody who does not listen.</summary>
    public static Task EndAsync()
    {
        Waiting.Writer.TryComplete();
        return Task.WhenAny(Writing, Task.Delay(Patience, TimeProvider.System));
    }

    private static async Task WriteAsync()
    {
        await foreach (var line in Waiting.Reader.ReadAllAsync())
        {
            Write(Console.Out, line);
        }
    }

    private static void Write(TextWriter to, string line)
    {
        try
        {
            to.WriteLine(string.Concat(line.Where(letter => !char.IsControl(letter))));
        }
        catch (Exception e) when (FileProblem.Is(e))
        {
            // There is nobody to tell.
        }
    }
}
