using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SmartRadio.Node.Sound;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Node.Tests.Sound;

public class DecodingTests
{
    // A block of band-limited noise made with ffmpeg (adpcm_ima_wav, 256-byte blocks); the digest is of the 505 samples that sox
    // makes of it.
    private const string Block =
        "M/wAAP9/9XfWjEGCCKAoA+27KGMUuYkoI5q5Cogj4K84FcoaNpC6ibloEiABI/mdEQCAIsswE74ACRWZ2yoViIhCA92bMYBBgKCOMYiDr4kQZAIIkL0oMZDbiSk3oLwx"
        + "gZoyFaj6KheJALgrsis2kUIB+6qIIDIRylSxnJpzoZwoI6kKMdOfiCASMbK/AIAYonHCHCLaKSTImlEE6ZoICDATARFTBNwZEoiAACDA3zCAqBrQjDEhmXKjnSFSsYyYiYAZ"
        + "Q6BhJACp3IoRRbG+KDORrRABgQiQc4O4rZALJDLgrEEUiQLrCoAYFZg5k5numjE1kbsAEYgJ+awhMzWTuQ==";

    private const string SoxDigest = "60248D61FEDC6D54EE6961A6CE13DA38688ED7730859E25FF1DAA34E2289765E";

    [Theory]
    [InlineData(505)]
    [InlineData(160)]
    [InlineData(7)]
    [InlineData(2)]
    [InlineData(1)]
    public void Ima_is_as_sox_has_it_in_slices_of_any_length(int slice)
    {
        var decoder = new ImaDecoder();
        decoder.SetVolume(100);
        var block = Convert.FromBase64String(Block);
        decoder.Begin(block, 0, block.Length);

        var pcm = All(decoder, slice);

        Assert.Equal(SoundFormat.ImaBlockSamples * 2, pcm.Length);
        Assert.Equal(SoxDigest, Convert.ToHexString(SHA256.HashData(pcm)));
    }

    [Fact]
    public void A_cut_ima_block_gives_what_is_there()
    {
        var decoder = new ImaDecoder();
        decoder.SetVolume(100);
        var block = Convert.FromBase64String(Block);
        for (var bytes = 0; bytes <= block.Length; bytes++)
        {
            decoder.Begin(block, 0, bytes);
            Assert.Equal(SoundFormat.Samples(CodecId.Ima8, bytes), All(decoder, 160).Length / 2);
        }
    }

    [Fact]
    public void A_block_with_a_step_index_out_of_range_gives_no_noise()
    {
        var decoder = new ImaDecoder();
        var block = Convert.FromBase64String(Block);
        block[2] = ImaAdpcm.StepCount;
        decoder.Begin(block, 0, block.Length);

        Assert.Empty(All(decoder, 160));
    }

    [Theory]
    [InlineData(100, 32124)]
    [InlineData(50, 16062)]
    [InlineData(0, 0)]
    public void Volume_is_folded_into_mu_law(int percent, int loudest)
    {
        var decoder = new ULawDecoder();
        decoder.SetVolume(percent);
        byte[] codes = [0x80, 0x00, 0xff, 0x7f];
        decoder.Begin(codes, 0, 4);

        Assert.Equal([(short)loudest, (short)-loudest, 0, 0], MemoryMarshal.Cast<byte, short>(All(decoder, 3)).ToArray());
    }

    private static byte[] All(IDecoder decoder, int slice)
    {
        var result = new List<byte>();
        var pcm = new byte[slice * 2];
        while (decoder.Decode(pcm, slice) is > 0 and var count)
        {
            result.AddRange(pcm[..(count * 2)]);
        }

        return [.. result];
    }
}
