using System.Threading.Channels;

namespace SmartRadio.Testing.Processes;

/// <summary>The lines that a process printed, all of them and one after the other.</summary>
internal sealed class PrintedLines
{
    private readonly List<string> _all = [];
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();

    public string[] All()
    {
        lock (_all)
        {
            return [.. _all];
        }
    }

    /// <summary>Takes the next line; null at the end of the stream.</summary>
    public void Take(string? line)
    {
        if (line is null)
        {
            _unread.Writer.TryComplete();
            return;
        }

        lock (_all)
        {
            _all.Add(line);
        }

        _unread.Writer.TryWrite(line);
    }

    /// <summary>Waits for the next line that holds a text; null when the stream ends or time runs out before.</summary>
    public async Task<string?> NextAsync(string part, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            return await _unread.Reader.ReadAllAsync(limit.Token)
                .FirstOrDefaultAsync(line => line.Contains(part, StringComparison.Ordinal));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public override string ToString() => string.Join('\n', All());
}
