using System.Diagnostics;
using NAudio.Wave;
using SmartRadio.Audio.Codecs;
using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Tests.Setting;
using SmartRadio.Audio.Wav;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Audio.Tests.Codecs;

/// <summary>Devices' bytes decode, here and by others, to the sound that went in.</summary>
public sealed class EncodingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CodecId.ULaw8, "pcm_mulaw")]
    [InlineData(CodecId.ULaw16, "pcm_mulaw")]
    [InlineData(CodecId.Ima8, "adpcm_ima_wav")]
    public async Task Ffmpeg_decodes_what_a_device_decodes(CodecId codec, string name)
    {
        var master = await Studio.MasterAsync(_folder);

        var (bytes, encoded) = await EncodeAsync(master, codec);

        var wav = Wrap(bytes, codec);
        var theirs = Tool.Decode(wav, encoded.SampleRate);
        var ours = Device.Decode(bytes, codec);
        Assert.Contains(name, Tool.Ffmpeg("-i", wav, "-f", "null", "-").Log, StringComparison.Ordinal);
        Assert.InRange(ours.Length - encoded.Samples, 0, codec == CodecId.Ima8 ? 1 : 0);
        Assert.InRange(ours.Length - theirs.Length, 0, codec == CodecId.Ima8 ? 8 : 0); // ffmpeg drops odd bytes of a cut block

        // ffmpeg multiplies where the standard of IMA ADPCM adds shifts, and drifts within each block.
        var drift = ours.Zip(theirs, (our, their) => Math.Abs(our - their)).Max();
        Assert.InRange(drift, 0, codec == CodecId.Ima8 ? 200 : 0);
        if (codec == CodecId.Ima8)
        {
            Assert.True(Signal.SignalToNoise(theirs, ours) > 45);
        }
    }

    [Fact]
    public async Task Sox_decodes_IMA_ADPCM_to_the_very_samples_of_a_device()
    {
        var (bytes, _) = await EncodeAsync(await Studio.MasterAsync(_folder), CodecId.Ima8);
        bytes = bytes[..(bytes.Length / SoundFormat.ImaBlockBytes * SoundFormat.ImaBlockBytes)]; // sox wants whole blocks

        var start = new ProcessStartInfo(
            "sox", [Wrap(bytes, CodecId.Ima8), "-b", "16", "-e", "signed-integer", _folder.File("sox.wav")]);
        using var sox = Process.Start(start)!;
        await sox.WaitForExitAsync();

        Assert.Equal(0, sox.ExitCode);
        Assert.Equal(Device.Decode(bytes, CodecId.Ima8), Tool.Decode(_folder.File("sox.wav"), 8_000));
    }

    [Theory]
    [InlineData(CodecId.ULaw8, 30)]
    [InlineData(CodecId.ULaw16, 30)]
    [InlineData(CodecId.Ima8, 18)]
    public async Task Speech_stays_clear(CodecId codec, double leastDb)
    {
        var master = await Studio.MasterAsync(_folder);
        var (bytes, encoded) = await EncodeAsync(master, codec);

        var sound = Signal.Sound(Signal.ReadWav(master.Path));
        var inBand = codec == CodecId.ULaw8 ? new HighPass(sound, 300, isGentle: true) : sound;
        var reference = Signal.ReadAll(codec == CodecId.ULaw16 ? sound : new HalfRate(inBand)).Select(Pcm16.FromFloat).ToArray();

        Assert.Equal(reference.Length, encoded.Samples);
        var figure = Signal.SignalToNoise(reference, Device.Decode(bytes, codec));
        TestContext.Current.TestOutputHelper?.WriteLine($"{codec}: {figure:F1} dB");
        Assert.True(figure > leastDb, $"{figure:F1} dB");
    }

    [Fact]
    public void Every_code_of_u_law_decodes_and_encodes_as_ffmpegs()
    {
        var codes = Enumerable.Range(0, 256).Select(code => (byte)code).ToArray();
        var values = Tool.Decode(Wrap(codes, CodecId.ULaw8), 8_000);

        Assert.Equal(values, codes.Select(code => (short)ULaw.Decode(code)));
        Assert.Equal(values, values.Select(value => (short)ULaw.Decode(ULawCoder.Encode(value))));
    }

    [Fact]
    public void Every_sample_comes_back_from_u_law_within_half_a_step()
    {
        for (var sample = (int)short.MinValue; sample <= short.MaxValue; sample++)
        {
            var error = Math.Abs(ULaw.Decode(ULawCoder.Encode((short)sample)) - sample);

            // A step is a sixteenth of its segment, and a segment begins at its own size: with the bias of 132, a 32nd either
            // way.
            Assert.True(error <= (Math.Abs(sample) + 132) / 32, $"{sample}: {error}");
        }
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 5)]
    [InlineData(504, 256)]
    [InlineData(505, 256)]
    public void A_last_block_is_cut_where_the_sound_ends(int samples, int bytes)
    {
        var block = new byte[SoundFormat.ImaBlockBytes];
        var sound = Signal.Sine(300, 1, 0.5, 8_000).Take(samples).Select(Pcm16.FromFloat).ToArray();

        Assert.Equal(bytes, new ImaCoder().EncodeBlock(sound, block));

        var decoded = Device.Decode(block[..bytes], CodecId.Ima8);
        Assert.InRange(decoded.Length, samples, samples + 1);
        Assert.Equal(sound[0], decoded[0]);
    }

    [Fact]
    public void The_loudest_square_wave_overflows_nothing()
    {
        var square = Enumerable.Range(0, SoundFormat.ImaBlockSamples)
            .Select(i => i / 20 % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();
        var block = new byte[SoundFormat.ImaBlockBytes];

        new ImaCoder().EncodeBlock(square, block);

        var decoded = Device.Decode(block, CodecId.Ima8);

        Assert.True(Signal.SignalToNoise(square, decoded) > 6);
        Assert.All(
            Enumerable.Range(0, 10).Select(i => (20 * i) + 19),
            end => Assert.Equal(Math.Sign(square[end]), Math.Sign(decoded[end])));
    }

    [Theory]
    [InlineData(CodecId.None)]
    [InlineData(CodecId.Mp3)]
    public async Task A_codec_without_an_encoder_is_an_error(CodecId codec)
    {
        var master = await Studio.MasterAsync(_folder);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Studio.Encoder().EncodeAsync(master.Path, codec, Stream.Null, null, CancellationToken.None));
    }

    [Fact]
    public async Task Other_file_than_a_master_is_an_error()
    {
        Signal.WriteWav(_folder.File("other.wav"), Signal.Silence(1), 44_100);

        await Assert.ThrowsAsync<InvalidDataException>(
            () => Studio.Encoder()
                .EncodeAsync(_folder.File("other.wav"), CodecId.ULaw8, Stream.Null, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_full_disk_is_told_from_other_errors()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a disk that is always full.");
        var master = await Studio.MasterAsync(_folder);
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        Assert.Equal(
            AudioRefusal.DiskFull,
            await Studio.RefusalAsync(
                () => Studio.Encoder().EncodeAsync(master.Path, CodecId.ULaw8, full, null, CancellationToken.None)));
    }

    [Fact]
    public async Task Encoding_stops_when_it_is_no_longer_wanted()
    {
        var master = await Studio.MasterAsync(_folder);
        using var unwanted = new CancellationTokenSource();
        var progress = new Progression(_ => unwanted.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Studio.Encoder().EncodeAsync(master.Path, CodecId.ULaw16, Stream.Null, progress, unwanted.Token));
    }

    private static async Task<(byte[] Bytes, EncodedAudio Encoded)> EncodeAsync(Master master, CodecId codec)
    {
        using var bytes = new MemoryStream();
        var encoded = await Studio.Encoder().EncodeAsync(master.Path, codec, bytes, null, CancellationToken.None);
        Assert.Equal(bytes.Length, encoded.Bytes);
        Assert.Equal(codec, encoded.Codec);
        return (bytes.ToArray(), encoded);
    }

    // A WAV file around bytes of ours, as the standard says a player finds them.
    private string Wrap(byte[] bytes, CodecId codec)
    {
        var rate = SoundFormat.Rate(codec);
        var path = _folder.File("wrapped.wav");
        using var file = new WaveFileWriter(
            path, codec == CodecId.Ima8 ? new ImaWaveFormat(rate) : WaveFormat.CreateMuLawFormat(rate, 1));
        file.Write(bytes);
        return path;
    }
}
