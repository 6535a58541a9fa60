using SmartRadio.Protocol;

namespace SmartRadio.Audio.Codecs;

/// <summary>What was encoded.</summary>
/// <param name="Codec">The codec.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Samples">The length of the sound; the last block of IMA ADPCM may hold one more.</param>
/// <param name="Bytes">How many bytes were written. There is no header.</param>
public sealed record EncodedAudio(CodecId Codec, int SampleRate, long Samples, long Bytes);
