using System.Runtime.InteropServices;
using SmartRadio.Node.Sound;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Audio.Tests.Setting;

/// <summary>The device's own decoders, at full volume.</summary>
internal static class Device
{
    public static short[] Decode(byte[] bytes, CodecId codec)
    {
        IDecoder decoder = codec == CodecId.Ima8 ? new ImaDecoder() : new ULawDecoder();
        decoder.SetVolume(100);
        var pcm = new byte[2 * SoundFormat.ImaBlockSamples];
        var samples = new List<short>();
        foreach (var block in bytes.Chunk(SoundFormat.ImaBlockBytes))
        {
            decoder.Begin(block, 0, block.Length);
            while (decoder.Decode(pcm, pcm.Length / 2) is > 0 and var count)
            {
                samples.AddRange(MemoryMarshal.Cast<byte, short>(pcm.AsSpan(0, 2 * count)));
            }
        }

        return [.. samples];
    }
}
