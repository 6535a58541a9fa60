using System.Buffers.Binary;
using SmartRadio.Audio.Wav;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Audio.Codecs;

/// <summary>
/// IMA ADPCM, mono, in the blocks of WAV files of format 0x11 (Microsoft's Multimedia Data Standards Update, 1994): the first
/// sample as 16 bits, the step index, a zero, then four bits a sample, the low half of a byte first. Each block can be decoded by
/// itself. NAudio has no such encoder. The tables are the decoder's own: it adds shifts, as the standard and sox do; ffmpeg
/// multiplies, and drifts by a few units.
/// </summary>
internal sealed class ImaCoder : SampleCoder
{
    private const int HeaderBytes = 4;

    private static readonly int[] Differences = ImaAdpcm.Differences();
    private static readonly short[] NextStates = ImaAdpcm.NextStates();

    private readonly short[] _block = new short[SoundFormat.ImaBlockSamples];

    // The step index times 16, as the tables have it. It is handed on from block to block: the coder need not find its step anew.
    private int _state;

    public override int Encode(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        var written = 0;
        while (samples.Length > 0)
        {
            var count = Math.Min(samples.Length, _block.Length);
            for (var i = 0; i < count; i++)
            {
                _block[i] = Pcm16.FromFloat(samples[i]);
            }

            written += EncodeBlock(_block.AsSpan(0, count), bytes[written..]);
            samples = samples[count..];
        }

        return written;
    }

    /// <summary>Encodes one block.</summary>
    /// <param name="samples">1 to <see cref="SoundFormat.ImaBlockSamples"/> samples: fewer only in the last block.</param>
    /// <param name="bytes">Takes up to <see cref="SoundFormat.ImaBlockBytes"/> bytes.</param>
    /// <returns>How many bytes the block has. With an even number of samples it holds the last one twice.</returns>
    public int EncodeBlock(ReadOnlySpan<short> samples, Span<byte> bytes)
    {
        int predicted = samples[0];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, samples[0]);
        bytes[2] = (byte)(_state >> 4);
        bytes[3] = 0;
        var written = HeaderBytes;
        for (var i = 1; i < samples.Length; i += 2)
        {
            var low = EncodeSample(samples[i], ref predicted);
            var high = EncodeSample(samples[Math.Min(i + 1, samples.Length - 1)], ref predicted);
            bytes[written++] = (byte)(low | (high << 4));
        }

        return written;
    }

    private int EncodeSample(short sample, ref int predicted)
    {
        var difference = sample - predicted;
        var magnitude = Math.Min(7, (Math.Abs(difference) << 2) / ImaAdpcm.Step(_state >> 4));
        var code = magnitude | (difference < 0 ? 8 : 0);
        predicted = Math.Clamp(predicted + Differences[_state + code], short.MinValue, short.MaxValue);
        _state = NextStates[_state + code];
        return code;
    }
}
