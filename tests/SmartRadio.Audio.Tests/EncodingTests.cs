using System.Buffers.Binary;
using System.Diagnostics;

namespace SmartRadio.Audio.Tests;

/// <summary>Devices' bytes decode, here and by others, to the sound that went in.</summary>
public sealed class EncodingTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(AudioCodec.ULaw8, 8_000, 7, "pcm_mulaw")]
    [InlineData(AudioCodec.ULaw16, 16_000, 7, "pcm_mulaw")]
    [InlineData(AudioCodec.Ima8, 8_000, 0x11, "adpcm_ima_wav")]
    public async Task Ffmpeg_decodes_what_we_decode(AudioCodec codec, int rate, short tag, string name)
    {
        var master = await Studio.MasterAsync(folder);

        var (bytes, encoded) = await EncodeAsync(master, codec);

        var wav = Wrap(bytes, tag, rate);
        var theirs = Tool.Decode(wav, rate);
        var ours = Decode(bytes, codec);
        Assert.Contains(name, Tool.Ffmpeg("-i", wav, "-f", "null", "-").Log, StringComparison.Ordinal);
        Assert.InRange(ours.Length - encoded.Samples, 0, codec == AudioCodec.Ima8 ? 1 : 0);
        Assert.InRange(ours.Length - theirs.Length, 0, codec == AudioCodec.Ima8 ? 8 : 0); // ffmpeg drops odd bytes of a cut block

        // ffmpeg multiplies where the standard of IMA ADPCM adds shifts, and drifts within each block.
        var drift = ours.Zip(theirs, (our, their) => Math.Abs(our - their)).Max();
        Assert.InRange(drift, 0, codec == AudioCodec.Ima8 ? 200 : 0);
        if (codec == AudioCodec.Ima8)
        {
            Assert.True(Signal.SignalToNoise(theirs, ours) > 45);
        }
    }

    [Fact]
    public async Task Sox_decodes_IMA_ADPCM_to_the_very_samples_we_decode()
    {
        var (bytes, _) = await EncodeAsync(await Studio.MasterAsync(folder), AudioCodec.Ima8);
        bytes = bytes[..(bytes.Length / ImaAdpcm.BlockBytes * ImaAdpcm.BlockBytes)]; // sox wants whole blocks

        var start = new ProcessStartInfo("sox", [Wrap(bytes, 0x11, 8_000), "-b", "16", "-e", "signed-integer", folder.File("sox.wav")]);
        using var sox = Process.Start(start)!;
        await sox.WaitForExitAsync();

        Assert.Equal(0, sox.ExitCode);
        Assert.Equal(Decode(bytes, AudioCodec.Ima8), Tool.Decode(folder.File("sox.wav"), 8_000));
    }

    [Theory]
    [InlineData(AudioCodec.ULaw8, 30)]
    [InlineData(AudioCodec.ULaw16, 30)]
    [InlineData(AudioCodec.Ima8, 18)]
    public async Task Speech_stays_clear(AudioCodec codec, double leastDb)
    {
        var master = await Studio.MasterAsync(folder);
        var (bytes, encoded) = await EncodeAsync(master, codec);

        using var reader = WavReader.Open(master.Path);
        var reference = Signal.ReadAll(codec == AudioCodec.ULaw16 ? reader : new HalfRate(reader)).Select(Pcm16.FromFloat).ToArray();

        Assert.Equal(reference.Length, encoded.Samples);
        var figure = Signal.SignalToNoise(reference, Decode(bytes, codec));
        TestContext.Current.TestOutputHelper?.WriteLine($"{codec}: {figure:F1} dB");
        Assert.True(figure > leastDb, $"{figure:F1} dB");
    }

    [Fact]
    public void Every_code_of_u_law_decodes_and_encodes_as_ffmpegs()
    {
        var codes = Enumerable.Range(0, 256).Select(code => (byte)code).ToArray();
        var values = Tool.Decode(Wrap(codes, 7, 8_000), 8_000);

        Assert.Equal(values, codes.Select(MuLaw.Decode));
        Assert.Equal(values, codes.Select(code => MuLaw.Decode(MuLaw.Encode(MuLaw.Decode(code)))));
    }

    [Fact]
    public void Every_sample_comes_back_from_u_law_within_half_a_step()
    {
        for (var sample = (int)short.MinValue; sample <= short.MaxValue; sample++)
        {
            var error = Math.Abs(MuLaw.Decode(MuLaw.Encode((short)sample)) - sample);

            // A step is a sixteenth of its segment, and a segment begins at its own size: with the bias of 132, a 32nd either way.
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
        var block = new byte[ImaAdpcm.BlockBytes];
        var index = 0;
        var sound = Signal.Sine(300, 1, 0.5, 8_000).Take(samples).Select(Pcm16.FromFloat).ToArray();

        Assert.Equal(bytes, ImaAdpcm.EncodeBlock(sound, block, ref index));

        var decoded = new short[ImaAdpcm.BlockSamples];
        Assert.InRange(ImaAdpcm.DecodeBlock(block.AsSpan(0, bytes), decoded), samples, samples + 1);
        Assert.Equal(sound[0], decoded[0]);
    }

    [Fact]
    public void The_loudest_square_wave_overflows_nothing()
    {
        var square = Enumerable.Range(0, ImaAdpcm.BlockSamples).Select(i => i / 20 % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();
        var block = new byte[ImaAdpcm.BlockBytes];
        var decoded = new short[ImaAdpcm.BlockSamples];
        var index = 0;

        ImaAdpcm.EncodeBlock(square, block, ref index);
        ImaAdpcm.DecodeBlock(block, decoded);

        Assert.True(Signal.SignalToNoise(square, decoded) > 6);
        Assert.All(Enumerable.Range(0, 10).Select(i => (20 * i) + 19), end => Assert.Equal(Math.Sign(square[end]), Math.Sign(decoded[end])));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 89, 0 })]
    [InlineData(new byte[] { 0, 0, 1 })]
    [InlineData(new byte[0])]
    public void A_malformed_block_is_an_error(byte[] block) =>
        Assert.Throws<InvalidDataException>(() => ImaAdpcm.DecodeBlock(block, new short[ImaAdpcm.BlockSamples]));

    [Fact]
    public async Task What_is_no_master_is_an_error()
    {
        Signal.WriteWav(folder.File("other.wav"), Signal.Silence(1), 44_100);

        await Assert.ThrowsAsync<InvalidDataException>(
            () => Studio.Encoder().EncodeAsync(folder.File("other.wav"), AudioCodec.ULaw8, Stream.Null, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_full_disk_is_told_from_other_errors()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a disk that is always full.");
        var master = await Studio.MasterAsync(folder);
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        Assert.Equal(
            AudioRefusal.DiskFull,
            await Studio.RefusalAsync(() => Studio.Encoder().EncodeAsync(master.Path, AudioCodec.ULaw8, full, null, CancellationToken.None)));
    }

    [Fact]
    public async Task Encoding_stops_when_it_is_no_longer_wanted()
    {
        var master = await Studio.MasterAsync(folder);
        using var unwanted = new CancellationTokenSource();
        var progress = new Progression(_ => unwanted.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Studio.Encoder().EncodeAsync(master.Path, AudioCodec.ULaw16, Stream.Null, progress, unwanted.Token));
    }

    private static async Task<(byte[] Bytes, EncodedAudio Encoded)> EncodeAsync(Master master, AudioCodec codec)
    {
        using var bytes = new MemoryStream();
        var encoded = await Studio.Encoder().EncodeAsync(master.Path, codec, bytes, null, CancellationToken.None);
        Assert.Equal(bytes.Length, encoded.Bytes);
        Assert.Equal(codec, encoded.Codec);
        return (bytes.ToArray(), encoded);
    }

    private static short[] Decode(byte[] bytes, AudioCodec codec)
    {
        if (codec != AudioCodec.Ima8)
        {
            return [.. bytes.Select(MuLaw.Decode)];
        }

        var block = new short[ImaAdpcm.BlockSamples];
        return [.. bytes.Chunk(ImaAdpcm.BlockBytes).SelectMany(chunk => block[..ImaAdpcm.DecodeBlock(chunk, block)])];
    }

    // A WAV file around bytes of ours, as the standard says a player finds them.
    private string Wrap(byte[] bytes, short tag, int rate)
    {
        var ima = tag == 0x11;
        var header = new byte[48];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 40 + bytes.Length);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 20);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), tag);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), ima ? rate * ImaAdpcm.BlockBytes / ImaAdpcm.BlockSamples : rate);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), (short)(ima ? ImaAdpcm.BlockBytes : 1));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), (short)(ima ? 4 : 8));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(36), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(38), (short)(ima ? ImaAdpcm.BlockSamples : 0));
        "data"u8.CopyTo(header.AsSpan(40));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(44), bytes.Length);
        var path = folder.File($"wrapped-{tag}.wav");
        File.WriteAllBytes(path, [.. header, .. bytes]);
        return path;
    }
}
