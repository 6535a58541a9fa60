using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NAudio.Wave;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Wav;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Audio.Codecs;

/// <summary>Encodes masters for devices, as a stream: an hour takes no more memory than a second.</summary>
public sealed class MasterEncoder(IOptions<AudioOptions> options, ILogger<MasterEncoder> logger)
{
    // µ-law at 8 kHz has the band of telephony, 300 to 3,400 Hz: its noise is 38 dB below the sound whatever that holds, and
    // what small horns cannot give would raise it. What is left below helps to understand: a steep filter took 0.02 of STOI.
    private const double TelephonyHz = 300;

    // IMA ADPCM follows steep slopes late and then too far: by up to 1.1 dB of true peak in speech of all voices here.
    private const double ImaOvershootDb = 1.1;

    private const int SamplesAtOnce = 32 * SoundFormat.ImaBlockSamples; // whole blocks, about two seconds

    /// <summary>Encodes a master.</summary>
    /// <param name="masterPath">The master's file.</param>
    /// <param name="codec">µ-law or IMA ADPCM.</param>
    /// <param name="destination">Takes the bytes; is neither flushed nor closed.</param>
    /// <param name="progress">Is given the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing here encodes this codec.</exception>
    /// <exception cref="InvalidDataException">The file is no master.</exception>
    /// <exception cref="AudioRefusedException">The disk is full.</exception>
    public async Task<EncodedAudio> EncodeAsync(
        string masterPath, CodecId codec, Stream destination, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        SampleCoder coder = codec switch
        {
            CodecId.ULaw8 or CodecId.ULaw16 => new ULawCoder(),
            CodecId.Ima8 => new ImaCoder(),
            _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "There is no encoder for this codec."),
        };
        using var master = MasterFile.Open(masterPath);
        var sound = InBand(master.ToSampleProvider(), codec);
        var followed = new Followed(sound, master.TotalTime, progress, cancellationToken);
        try
        {
            var encoded = await Task.Run(
                () => EncodeAsync(followed, coder, codec, destination, cancellationToken), cancellationToken);
            logger.LogDebug(
                "Encoded {Master} as {Codec}: {Samples} samples, {Bytes} bytes", masterPath, codec,
                encoded.Samples, encoded.Bytes);
            return encoded;
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
        }
    }

    // Filters change the phase, which may raise peaks: the ceiling holds for what a node is given, too.
    private ISampleProvider InBand(ISampleProvider master, CodecId codec) => codec switch
    {
        CodecId.ULaw8 => Limited(new HalfRate(new HighPass(master, TelephonyHz, isGentle: true))),
        CodecId.Ima8 => Limited(new HalfRate(master), ImaOvershootDb),
        _ => master,
    };

    private Limiter Limited(HalfRate sound, double overshootDb = 0) => new(sound, options.Value.PeakCeilingDb - overshootDb);

    private static async Task<EncodedAudio> EncodeAsync(
        Followed sound, SampleCoder coder, CodecId codec, Stream destination, CancellationToken cancellationToken)
    {
        var samples = new float[SamplesAtOnce];
        var bytes = new byte[SamplesAtOnce + SampleCoder.MostExtraBytes];
        long totalSamples = 0;
        long totalBytes = 0;
        int read;
        while ((read = sound.Read(samples)) > 0)
        {
            var written = coder.Encode(samples.AsSpan(0, read), bytes);
            await destination.WriteAsync(bytes.AsMemory(0, written), cancellationToken);
            totalSamples += read;
            totalBytes += written;
        }

        return new EncodedAudio(codec, sound.WaveFormat.SampleRate, totalSamples, totalBytes);
    }
}
