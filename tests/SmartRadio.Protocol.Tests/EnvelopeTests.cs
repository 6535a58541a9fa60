using SmartRadio.Protocol.Streams;

namespace SmartRadio.Protocol.Tests;

public class EnvelopeTests
{
    [Fact]
    public void Message_with_any_bit_flipped_is_no_longer_authentic()
    {
        var command = Specimens.Command().Seal(Specimens.Keys.Command);
        var frame = Specimens.Frame().Seal(Specimens.StreamKey);
        Assert.True(Envelope.IsAuthentic(command, Specimens.Keys.Command));
        Assert.NotNull(StreamFrame.Open(frame, Specimens.StreamKey));

        Each(command, bytes => Assert.False(Envelope.IsAuthentic(bytes, Specimens.Keys.Command)));
        Each(frame, bytes => Assert.Null(StreamFrame.Open(bytes, Specimens.StreamKey)));
    }

    [Fact]
    public void Message_is_not_authentic_under_another_key()
    {
        Assert.False(Envelope.IsAuthentic(Specimens.Command().Seal(Specimens.Keys.Up), Specimens.Keys.Command));
        Assert.Null(StreamFrame.Open(Specimens.Frame().Seal(Specimens.StreamKey), new byte[16]));
    }

    [Fact]
    public void Message_larger_than_allowed_is_rejected()
    {
        var command = Specimens.Command();
        command.Body = new byte[Envelope.MaxBody];
        Assert.NotNull(Envelope.Parse(command.Seal(Specimens.Keys.Command)));
        command.Body = new byte[Envelope.MaxBody + 1];
        Assert.Null(Envelope.Parse(command.Seal(Specimens.Keys.Command)));

        var frame = Specimens.Frame();
        frame.Payload = new byte[StreamFrame.MaxPayload + 1];
        Assert.Null(StreamFrame.Open(frame.Seal(Specimens.StreamKey), Specimens.StreamKey));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    public void Message_shorter_than_its_MAC_is_not_authentic(int length) =>
        Assert.False(Envelope.IsAuthentic(new byte[length], Specimens.Keys.Command));

    private static void Each(byte[] message, Action<byte[]> check)
    {
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            var flipped = message.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            check(flipped);
        }
    }
}
