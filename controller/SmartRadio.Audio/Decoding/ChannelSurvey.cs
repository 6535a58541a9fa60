using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// Hears all channels of a track, to find those that hold sound and whether they cancel when they are added. What a layout says
/// of a channel is not believed: the fourth may be a bass channel or the only microphone.
/// </summary>
internal sealed class ChannelSurvey
{
    private const int Rate = 8_000;
    private const int BlockSamples = Rate * 2 / 5;
    private const double SpeechHz = 200;
    private const double Least = 1e-9; // -90 dBFS, in power: the noise of 16 bits lies below
    private const double Audible = 0.01; // 20 dB below the loudest channel a voice is lost in it
    private const double Cancelled = 0.25; // adding two leaves 6 dB less than the louder has alone
    private const double CancelledShare = 0.1;
    private const int MaxHeader = 1 << 16;

    private readonly List<double[]> _blocks = [];
    private readonly List<double> _sums = [];
    private readonly Biquad[] _filters;

    private ChannelSurvey(int channels)
    {
        _filters = [.. Enumerable.Range(0, channels).Select(_ => Biquad.HighPass(SpeechHz, Math.Sqrt(0.5), Rate))];
    }

    public bool HasSound => Loudness().Max() > Least;

    /// <summary>The filter of ffmpeg that makes one channel; empty where ffmpeg's own mean of two is right.</summary>
    public string Mix
    {
        get
        {
            var (heard, loudest, cancels) = Heard();
            if (_filters.Length <= 2 && heard.Count == _filters.Length && !cancels)
            {
                return "";
            }

            var taken = cancels ? [loudest] : heard;
            var weight = string.Create(CultureInfo.InvariantCulture, $"{1.0 / taken.Count:F4}");
            return "aformat=sample_fmts=fltp,pan=mono|c0=" + string.Join('+', taken.Select(each => $"{weight}*c{each}"));
        }
    }

    /// <summary>What the mix mends.</summary>
    public SoundRepairs Repairs
    {
        get
        {
            var (heard, _, cancels) = Heard();
            return (cancels ? SoundRepairs.OppositeChannels : SoundRepairs.None)
                | (heard.Count < _filters.Length ? SoundRepairs.SilentChannels : SoundRepairs.None);
        }
    }

    /// <summary>Reads a WAV stream of 32-bit floats, 8 kHz, to its end or the longest sound.</summary>
    /// <returns>Null when there is no whole block in it.</returns>
    public static ChannelSurvey? Read(Stream wav, TimeSpan longest)
    {
        if (Channels(wav) is not { } channels)
        {
            return null;
        }

        var survey = new ChannelSurvey(channels);
        var block = new float[BlockSamples * channels];
        var bytes = MemoryMarshal.AsBytes(block.AsSpan());
        for (var left = longest.TotalSeconds * Rate / BlockSamples; left > 0; left--)
        {
            var read = wav.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) / sizeof(float) / channels;
            survey.Add(block.AsSpan(0, read * channels));
            if (read < BlockSamples)
            {
                break;
            }
        }

        return survey._blocks.Count == 0 ? null : survey;
    }

    private static int? Channels(Stream wav)
    {
        Span<byte> chunk = stackalloc byte[12];
        if (wav.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) < chunk.Length)
        {
            return null;
        }

        int? channels = null;
        while (wav.ReadAtLeast(chunk[..8], 8, throwOnEndOfStream: false) == 8 && !chunk[..4].SequenceEqual("data"u8))
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var body = new byte[Math.Min(size + (size & 1), MaxHeader)];
            wav.ReadExactly(body);
            channels = chunk[..4].SequenceEqual("fmt "u8) ? BinaryPrimitives.ReadUInt16LittleEndian(body.AsSpan(2)) : channels;
        }

        return channels is > 0 ? channels : null;
    }

    private void Add(ReadOnlySpan<float> samples)
    {
        var channels = _filters.Length;
        var powers = new double[channels];
        double sums = 0;
        var count = samples.Length / channels;
        for (var i = 0; i < samples.Length; i += channels)
        {
            double sum = 0;
            for (var channel = 0; channel < channels; channel++)
            {
                var sample = samples[i + channel];
                var heard = _filters[channel].Next(float.IsFinite(sample) ? Math.Clamp(sample, -4, 4) : 0);
                powers[channel] += heard * heard;
                sum += heard;
            }

            sums += sum * sum;
        }

        if (count > 0)
        {
            _blocks.Add([.. powers.Select(power => power / count)]);
            _sums.Add(sums / count);
        }
    }

    // Of each channel, the power that one block in twenty exceeds: a voice that speaks little counts as one that speaks much.
    private double[] Loudness() =>
        [.. Enumerable.Range(0, _filters.Length).Select(channel =>
            _blocks.Select(block => block[channel]).Order().ElementAt((int)(_blocks.Count * 0.95)))];

    // The channels with sound, the loudest of them, and whether they cancel.
    private (List<int> Heard, int Loudest, bool Cancels) Heard()
    {
        var loudness = Loudness();
        var loudest = Array.IndexOf(loudness, loudness.Max());
        var heard = Enumerable.Range(0, loudness.Length).Where(each => loudness[each] > Audible * loudness[loudest]).ToList();
        return (heard, loudest, heard.Count > 1 && Cancels(heard, loudest));
    }

    private bool Cancels(List<int> heard, int loudest)
    {
        var least = Audible * Loudness()[loudest];
        var active = _blocks.Zip(_sums, (powers, sum) => (Most: heard.Max(each => powers[each]), Sum: sum))
            .Where(block => block.Most > least).ToList();
        return active.Count(block => block.Sum < Cancelled * block.Most) > CancelledShare * active.Count;
    }
}
