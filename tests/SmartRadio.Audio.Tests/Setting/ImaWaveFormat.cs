using NAudio.Wave;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Audio.Tests.Setting;

/// <summary>WAV's format 0x11, mono: NAudio knows its number and not its samples a block.</summary>
internal sealed class ImaWaveFormat : WaveFormat
{
    public ImaWaveFormat(int rate)
        : base(rate, 4, 1)
    {
        waveFormatTag = WaveFormatEncoding.DviAdpcm;
        blockAlign = SoundFormat.ImaBlockBytes;
        averageBytesPerSecond = rate * SoundFormat.ImaBlockBytes / SoundFormat.ImaBlockSamples;
        extraSize = sizeof(short);
    }

    public override void Serialize(BinaryWriter writer)
    {
        base.Serialize(writer);
        writer.Write((short)SoundFormat.ImaBlockSamples);
    }
}
