using System.Buffers.Binary;

namespace SmartRadio.Audio;

/// <summary>
/// IMA ADPCM, mono, in the blocks of WAV files of format 0x11 (Microsoft's Multimedia Data Standards Update, 1994): the first sample as
/// 16 bits, the step index, a zero, then four bits a sample, the low half of a byte first. Each block can be decoded by itself.
/// </summary>
public static class ImaAdpcm
{
    /// <summary>Bytes in a block: the usual size at 8 kHz, 63 ms.</summary>
    public const int BlockBytes = 256;

    /// <summary>Samples in a block: one in the header, two in each byte after it.</summary>
    public const int BlockSamples = 1 + (2 * (BlockBytes - HeaderBytes));

    private const int HeaderBytes = 4;
    private const int LastIndex = 88;

    private static readonly int[] Steps =
    [
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157,
        173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707,
        1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635,
        13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
    ];

    private static readonly int[] IndexSteps = [-1, -1, -1, -1, 2, 4, 6, 8];

    /// <summary>Encodes one block.</summary>
    /// <param name="samples">1 to <see cref="BlockSamples"/> samples: fewer only in the last block.</param>
    /// <param name="block">Takes up to <see cref="BlockBytes"/> bytes.</param>
    /// <param name="index">The step index, 0 before the first block, handed on from block to block: the coder need not find its step anew.</param>
    /// <returns>How many bytes the block has. With an even number of samples it holds the last one twice.</returns>
    public static int EncodeBlock(ReadOnlySpan<short> samples, Span<byte> block, ref int index)
    {
        int predicted = samples[0];
        BinaryPrimitives.WriteInt16LittleEndian(block, samples[0]);
        block[2] = (byte)index;
        block[3] = 0;
        var written = HeaderBytes;
        for (var i = 1; i < samples.Length; i += 2)
        {
            var low = EncodeSample(samples[i], ref predicted, ref index);
            var high = EncodeSample(samples[Math.Min(i + 1, samples.Length - 1)], ref predicted, ref index);
            block[written++] = (byte)(low | (high << 4));
        }

        return written;
    }

    /// <summary>Decodes one block.</summary>
    /// <param name="block">A block of at least 4 bytes.</param>
    /// <param name="samples">Takes up to <see cref="BlockSamples"/> samples.</param>
    /// <returns>How many samples the block holds.</returns>
    /// <exception cref="InvalidDataException">The block is cut within its header, or its step index is out of range.</exception>
    public static int DecodeBlock(ReadOnlySpan<byte> block, Span<short> samples)
    {
        if (block.Length < HeaderBytes || block[2] > LastIndex)
        {
            throw new InvalidDataException("This is no block of IMA ADPCM.");
        }

        int predicted = BinaryPrimitives.ReadInt16LittleEndian(block);
        int index = block[2];
        samples[0] = (short)predicted;
        var count = 1;
        foreach (var pair in block[HeaderBytes..])
        {
            samples[count++] = DecodeSample(pair & 0x0F, ref predicted, ref index);
            samples[count++] = DecodeSample(pair >> 4, ref predicted, ref index);
        }

        return count;
    }

    private static int EncodeSample(short sample, ref int predicted, ref int index)
    {
        var difference = sample - predicted;
        var magnitude = Math.Min(7, (Math.Abs(difference) << 2) / Steps[index]);
        var code = magnitude | (difference < 0 ? 8 : 0);
        DecodeSample(code, ref predicted, ref index);
        return code;
    }

    private static short DecodeSample(int code, ref int predicted, ref int index)
    {
        // The standard's sum of shifted steps, with its rounding, as devices and sox have it. ffmpeg multiplies instead and drifts from it by
        // a few units of 16 bits, until the next block begins anew.
        var step = Steps[index];
        var difference = step >> 3;
        difference += (code & 1) != 0 ? step >> 2 : 0;
        difference += (code & 2) != 0 ? step >> 1 : 0;
        difference += (code & 4) != 0 ? step : 0;
        predicted = Math.Clamp(predicted + ((code & 8) != 0 ? -difference : difference), short.MinValue, short.MaxValue);
        index = Math.Clamp(index + IndexSteps[code & 7], 0, LastIndex);
        return (short)predicted;
    }
}
