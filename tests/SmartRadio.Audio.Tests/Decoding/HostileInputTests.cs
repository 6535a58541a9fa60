using System.Buffers.Binary;
using NAudio.Wave;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Decoding;

/// <summary>An upload reaches no other file and no address, and spoils nothing with its numbers.</summary>
public sealed class HostileInputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:12\n#EXTINF:12,\nfile://{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:12\n#EXTINF:12,\nhttp://127.0.0.1:9/a.mp3\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile '{0}'\n")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n")]
    [InlineData(
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><BaseURL>file://{0}</BaseURL></Period></MPD>")]
    public async Task A_list_of_other_files_is_no_audio(string list)
    {
        var secret = await Studio.SpeechAsync(_folder);
        foreach (var name in new[] { "list.mp3", "list.m3u8", "list.wav" })
        {
            var input = _folder.File(name);
            await File.WriteAllTextAsync(input, list.Replace("{0}", secret, StringComparison.Ordinal));

            Assert.Equal(AudioRefusal.NotAudio, await Studio.RefusalAsync(() => PrepareAsync(input)));
        }
    }

    [Theory]
    [InlineData("-i.mp3")]
    [InlineData("http:x.mp3")]
    [InlineData("a'b \" $(touch x);%d\n.mp3")]
    [InlineData("bản tin số 1.mp3")]
    public async Task A_file_name_is_only_a_name(string name)
    {
        var speech = await Studio.SpeechAsync(_folder, "speech.mp3");
        File.Move(speech, _folder.File(name));

        var master = await PrepareAsync(_folder.File(name));

        Assert.InRange(master.Length.TotalSeconds, 33, 36);
    }

    [Fact]
    public async Task Numbers_that_are_none_do_not_spoil_the_sound()
    {
        var samples = Signal.Sine(600, 3, 0.3);
        for (var i = 1_000; i < samples.Length; i += 4_000)
        {
            samples[i] = (i / 4_000 % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.MinValue };
        }

        var input = _folder.File("nan.wav");
        await File.WriteAllBytesAsync(input, FloatWav(samples));
        var master = await PrepareAsync(input);

        var result = Signal.ReadWav(master.Path);
        Assert.InRange(master.Loudness, -17.5, -15);
        Assert.InRange(master.Length.TotalSeconds, 2.9, 3.01);
        Assert.True(Signal.Level(result.AsSpan(20_000, 20_000)) > -30);
    }

    [Fact]
    public async Task A_declared_length_beyond_the_file_is_not_believed()
    {
        var wav = FloatWav(Signal.Sine(600, 1, 0.3));
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(wav.AsSpan().IndexOf("data"u8) + 4), 0x7000_0000);
        await File.WriteAllBytesAsync(_folder.File("long.wav"), wav);

        Assert.Equal(AudioRefusal.Truncated, await Studio.RefusalAsync(() => PrepareAsync(_folder.File("long.wav"))));
    }

    [Fact]
    public async Task Damaged_files_are_refused_or_read_but_never_more()
    {
        foreach (var (name, encoding) in new[] { ("a.mp3", "-b:a 64k"), ("b.m4a", "-b:a 64k"), ("c.ogg", "-c:a libvorbis"),
            ("d.flac", "-c:a flac") })
        {
            var bytes = await File.ReadAllBytesAsync(await Studio.SpeechAsync(_folder, name, encoding.Split(' ')));
            var random = new Random(10);
            for (var i = 0; i < 300; i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            await File.WriteAllBytesAsync(_folder.File("damaged"), bytes);
            try
            {
                var master = await PrepareAsync(_folder.File("damaged"));
                Assert.InRange(master.Length.TotalSeconds, 0.1, 40);
            }
            catch (AudioRefusedException refused)
            {
                Assert.True(
                    refused.Reason is AudioRefusal.NotAudio or AudioRefusal.Truncated or AudioRefusal.TooLong, refused.Message);
                Assert.DoesNotContain("master.wav", _folder.Names);
            }

            File.Delete(_folder.File("master.wav"));
        }
    }

    private Task<Master> PrepareAsync(string input) =>
        Studio.Preparer().PrepareAsync(input, _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);

    private static byte[] FloatWav(float[] samples)
    {
        using var bytes = new MemoryStream();
        using (var file = new WaveFileWriter(bytes, WaveFormat.CreateIeeeFloatWaveFormat(16_000, 1)))
        {
            file.WriteSamples(samples, 0, samples.Length);
        }

        return bytes.ToArray();
    }
}
