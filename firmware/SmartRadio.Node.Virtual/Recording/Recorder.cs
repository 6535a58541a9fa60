using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Recording;

/// <summary>
/// Writes down what a node plays, for as long as that works. A full disk or a file that cannot be written keeps no loudspeaker
/// silent: it is said once, and said again when recording goes on.
/// </summary>
/// <param name="open">Opens the recording for a rate.</param>
/// <param name="say">Takes the sentences.</param>
internal sealed class Recorder(Func<int, NodeRecording> open, Action<string> say)
{
    private NodeRecording? _recording;
    private bool _fails;

    public void Open(int rate) => Try(() =>
    {
        _recording = open(rate);
        return false;
    });

    public void Starting(long broadcast, long instant) => Try(() =>
    {
        _recording?.Starting(broadcast, instant);
        return false;
    });

    /// <param name="pcm">16-bit little-endian samples from its start on.</param>
    public void Append(byte[] pcm, int samples) => Try(() => _recording?.Append(pcm.AsSpan(0, samples * 2)) == true);

    /// <summary>Takes the last samples back: they never left the output.</summary>
    public void Drop(int samples) => Try(() =>
    {
        _recording?.Drop(samples);
        return false;
    });

    /// <summary>Writes what is not in the file yet.</summary>
    public void Flush() => Try(() => _recording?.Flush() == true);

    public void Close()
    {
        Flush();
        _recording?.Dispose();
        _recording = null;
    }

    /// <param name="write">True when something has reached the disk.</param>
    private void Try(Func<bool> write)
    {
        try
        {
            if (write() && _fails)
            {
                _fails = false;
                say("what it plays is recorded again.");
            }
        }
        catch (Exception e) when (FileProblem.Is(e))
        {
            if (!_fails)
            {
                _fails = true;
                say($"what it plays cannot be recorded: {FileProblem.ReasonOf(e)}. It plays on.");
            }
        }
    }
}
