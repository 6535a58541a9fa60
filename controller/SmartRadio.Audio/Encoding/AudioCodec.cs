namespace SmartRadio.Audio;

/// <summary>The codecs devices play.</summary>
public enum AudioCodec
{
    /// <summary>G.711 µ-law, 8 kHz: a byte a sample, 64 kbit/s. Every device plays it.</summary>
    ULaw8,

    /// <summary>
    /// IMA ADPCM, 8 kHz, as in WAV files of format 0x11: blocks of <see cref="ImaAdpcm.BlockBytes"/> bytes for
    /// <see cref="ImaAdpcm.BlockSamples"/> samples, 32.4 kbit/s. The last block is cut where the sound ends.
    /// </summary>
    Ima8,

    /// <summary>G.711 µ-law, 16 kHz: a byte a sample, 128 kbit/s.</summary>
    ULaw16,
}

/// <summary>What was encoded.</summary>
/// <param name="Codec">The codec.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Samples">The length of the sound; the last block of IMA ADPCM may hold one more.</param>
/// <param name="Bytes">How many bytes were written. There is no header.</param>
public sealed record EncodedAudio(AudioCodec Codec, int SampleRate, long Samples, long Bytes);
