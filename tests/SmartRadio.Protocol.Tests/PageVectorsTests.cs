using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Protocol.Tests;

/// <summary>Bytes computed without this code, with Python's hmac, struct and audioop from the same inputs.</summary>
public class PageVectorsTests
{
    [Fact]
    public void Keys_of_a_node_are_as_on_the_page()
    {
        Assert.Equal(
            "8ffc9c1ba10a63b97b39d53f6eae223e0db0b4cc696349c5d80862232f9f92b1", Convert.ToHexStringLower(Specimens.Keys.Command));
        Assert.Equal(
            "65797f3e782b05887a304840a078c73e1a0602aa45ba068c9975c6b734c4d14e", Convert.ToHexStringLower(Specimens.Keys.Up));
        Assert.Equal(
            "fa0d5214237fb4b78fe105a8093d00e6", Convert.ToHexStringLower(Specimens.Keys.Wrap));
        Assert.Equal(
            "3e24fcabd7d4e53db4764262a83c41bd0a667ef41e954169cf1022ac1be9ef13", Convert.ToHexStringLower(Specimens.Keys.Store));
        Assert.Equal("c0208ff815524a2f8077cac244207cb9dafa54a75b0ab1e23aec815ea3c92f96", Specimens.Keys.BrokerPassword);
    }

    [Fact]
    public void A_stop_command_is_as_on_the_page() => Assert.Equal(
        "01020000001122334455667705000000000000000068e5cf8b0100006052e6cf8b01000008004d000000000000001709a4e39539d1fda505479023b7c65e",
        Convert.ToHexStringLower(Specimens.Command().Seal(Specimens.Keys.Command)));

    [Fact]
    public void A_stream_frame_is_as_on_the_page() => Assert.Equal(
        "0101a1a2a3a4a5a6a7a803000000c01200000400ff7f0080031524e790ed50280c0171a1bd62a2c0",
        Convert.ToHexStringLower(Specimens.Frame().Seal(Specimens.StreamKey)));

    [Fact]
    public void An_object_of_8100_bytes_is_as_on_the_page()
    {
        byte[] sound = [.. Enumerable.Range(0, 8100).Select(i => (byte)(i * 7))];
        byte[] manifest = [.. sound.Chunk(ObjectLayout.PieceLength).SelectMany(ObjectHash.Digest)];

        Assert.Equal(
            "3a23299c1b9250c05b7d226740a9047a4708b624b0cb6daf0220aac344a7e8c799173bfefd28c2fbe34ca856f95bfc9c",
            Convert.ToHexStringLower(manifest));
        Assert.Equal("6bde2cc3c4410c3c06e7fe0d35da10da", Convert.ToHexStringLower(ObjectHash.Digest(manifest)));
    }

    [Fact]
    public void Mu_law_is_as_on_the_page()
    {
        short[] samples = [.. Enumerable.Range(0, 256).Select(code => (short)ULaw.Decode(code))];

        Assert.Equal(
            "3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827",
            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(samples.AsSpan()))));
    }
}
