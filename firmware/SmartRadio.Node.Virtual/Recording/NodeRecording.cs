using System.Globalization;

namespace SmartRadio.Node.Virtual.Recording;

/// <summary>
/// What one node played: NAME.wav holds the samples of all broadcasts one after the other, and NAME.csv a line for each time
/// playing started: Unix milliseconds of the first sample, its index in the WAV, the broadcast. Sound at another rate than
/// 8 kHz has files of its own, NAME.RATE.wav and NAME.RATE.csv. Each broadcast may have a file to itself, too.
/// </summary>
internal sealed class NodeRecording : IDisposable
{
    private const int CommonRate = 8000;

    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time;
    private readonly WavFile _wav;
    private readonly string _starts;
    private readonly MemoryStream _pending = new();
    private readonly int _rate;
    private WavFile? _alone;
    private long _flushed;

    public NodeRecording(string folder, string name, int rate, TimeProvider time)
    {
        (_time, _rate) = (time, rate);
        var stem = Path.Combine(
            folder, rate == CommonRate ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{rate}"));
        _wav = new WavFile(stem + ".wav", rate);
        _starts = stem + ".csv";
        _flushed = time.GetTimestamp();
    }

    /// <summary>
    /// Where the sound of each broadcast goes by itself, as BROADCAST.wav; one that is resumed goes on there. Null = nowhere.
    /// </summary>
    public string? Alone { get; init; }

    public void Starting(long broadcast, long instant)
    {
        File.AppendAllText(
            _starts,
            string.Create(CultureInfo.InvariantCulture, $"{instant},{_wav.Samples + (_pending.Length / 2)},{broadcast}\n"));
        Flush();
        _alone?.Dispose();
        _alone = null;
        if (Alone is not null && broadcast > 0)
        {
            Directory.CreateDirectory(Alone);
            var name = string.Create(CultureInfo.InvariantCulture, $"{broadcast}.wav");
            _alone = new WavFile(Path.Combine(Alone, name), _rate);
        }
    }

    /// <summary>Appends samples; they reach the file within a quarter of a second.</summary>
    /// <returns>Whether any reached it now.</returns>
    public bool Append(ReadOnlySpan<byte> pcm)
    {
        _pending.Write(pcm);
        return _time.GetElapsedTime(_flushed) >= FlushAfter && Flush();
    }

    /// <summary>Takes the last samples back, from the file too where they reached it.</summary>
    public void Drop(int samples)
    {
        var pending = Math.Min(samples, _pending.Length / 2);
        _pending.SetLength(_pending.Length - (2 * pending));
        if (samples > pending)
        {
            _wav.Drop(samples - pending);
            _alone?.Drop(samples - pending);
        }
    }

    /// <summary>Writes what is not in the file yet; what cannot be written is lost to it.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Flush()
    {
        if (_pending.Length == 0)
        {
            return false;
        }

        try
        {
            var samples = _pending.GetBuffer().AsSpan(0, (int)_pending.Length);
            _wav.Append(samples);
            _alone?.Append(samples);
            return true;
        }
        finally
        {
            _pending.SetLength(0);
            _flushed = _time.GetTimestamp();
        }
    }

    /// <summary>Closes the files, without what is not flushed.</summary>
    public void Dispose()
    {
        _wav.Dispose();
        _alone?.Dispose();
        _pending.Dispose();
    }
}
