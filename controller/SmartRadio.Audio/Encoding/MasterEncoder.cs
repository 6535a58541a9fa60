using Microsoft.Extensions.Logging;

namespace SmartRadio.Audio;

/// <summary>Encodes masters for devices, as a stream: an hour takes no more memory than a second.</summary>
public sealed class MasterEncoder(ILogger<MasterEncoder> logger)
{
    private const int SamplesAtOnce = 32 * ImaAdpcm.BlockSamples; // whole blocks, about two seconds

    /// <summary>Encodes a master.</summary>
    /// <param name="masterPath">The master's file.</param>
    /// <param name="codec">The codec.</param>
    /// <param name="destination">Takes the bytes; is neither flushed nor closed.</param>
    /// <param name="progress">Is given the share that is done, 0 to 1.</param>
    /// <param name="ct">Stops the work.</param>
    /// <exception cref="InvalidDataException">The file is no master.</exception>
    /// <exception cref="AudioRefusedException">The disk is full.</exception>
    public async Task<EncodedAudio> EncodeAsync(
        string masterPath, AudioCodec codec, Stream destination, IProgress<double>? progress, CancellationToken ct)
    {
        using var master = WavReader.Open(masterPath);
        if (master.SampleRate != Master.SampleRate)
        {
            throw new InvalidDataException($"A master has {Master.SampleRate} Hz, not {master.SampleRate}.");
        }

        ISampleProvider sound = codec == AudioCodec.ULaw16 ? master : new HalfRate(master);
        SampleCoder coder = codec == AudioCodec.Ima8 ? new ImaCoder() : new MuLawCoder();
        var length = TimeSpan.FromSeconds((double)master.Samples / master.SampleRate);
        var followed = new Followed(sound, length, progress, ct);
        try
        {
            var encoded = await Task.Run(() => EncodeAsync(followed, coder, codec, destination, ct), ct);
            logger.LogDebug("Encoded {Master} as {Codec}: {Samples} samples, {Bytes} bytes", masterPath, codec, encoded.Samples, encoded.Bytes);
            return encoded;
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
        }
    }

    private static async Task<EncodedAudio> EncodeAsync(
        Followed sound, SampleCoder coder, AudioCodec codec, Stream destination, CancellationToken ct)
    {
        var samples = new float[SamplesAtOnce];
        var bytes = new byte[SamplesAtOnce + SampleCoder.MostExtraBytes];
        long totalSamples = 0;
        long totalBytes = 0;
        int read;
        while ((read = sound.Read(samples)) > 0)
        {
            var written = coder.Encode(samples.AsSpan(0, read), bytes);
            await destination.WriteAsync(bytes.AsMemory(0, written), ct);
            totalSamples += read;
            totalBytes += written;
        }

        return new EncodedAudio(codec, sound.SampleRate, totalSamples, totalBytes);
    }
}
