using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Tests.Packets;

public class Every_packet
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Fact]
    public void Comes_out_of_the_decoder_as_it_went_into_the_encoder() =>
        Prop.ForAll(Samples.Any.ToArbitrary(), sample =>
        {
            var (packet, version) = sample;
            var bytes = PacketEncoder.Encode(packet, version);
            Assert.True(Frame.TryRead(bytes.Memory, int.MaxValue, out var frame, out var size));
            Assert.Equal(bytes.Length, size);
            Assert.Equal(Describe(packet), Describe(PacketDecoder.Decode(frame, version)));
        }).Check(Thorough);

    [Fact]
    public void Cut_or_bent_anywhere_is_refused_by_a_protocol_error_only() =>
        Prop.ForAll(Damaged.ToArbitrary(), sample => DecodeAll(sample.Bytes, sample.Version)).Check(Thorough);

    [Fact]
    public void Made_of_arbitrary_bytes_is_refused_by_a_protocol_error_only() =>
        Prop.ForAll(Garbage.ToArbitrary(), sample => DecodeAll(sample.Bytes, sample.Version)).Check(Thorough);

    [Fact]
    public void Claims_of_length_alone_make_nobody_allocate()
    {
        byte[] claims = [0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0, 4];
        DecodeAll(claims, MqttProtocolVersion.V5);
        var before = GC.GetAllocatedBytesForCurrentThread();
        DecodeAll(claims, MqttProtocolVersion.V5);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    private static Gen<(byte[] Bytes, MqttProtocolVersion Version)> Damaged { get; } =
        from sample in Samples.Any
        from cut in Gen.Choose(0, 400)
        from at in Gen.Choose(0, 400)
        from value in Gen.Choose(0, 255)
        select (Damage(PacketEncoder.Encode(sample.Packet, sample.Version).Memory.ToArray(), cut, at, (byte)value), sample.Version);

    private static Gen<(byte[] Bytes, MqttProtocolVersion Version)> Garbage { get; } =
        from bytes in Gen.Choose(0, 255).Select(i => (byte)i).ListOf()
        from version in Gen.Elements(MqttProtocolVersion.V311, MqttProtocolVersion.V5)
        select ((byte[])[.. bytes], version);

    private static byte[] Damage(byte[] bytes, int cut, int at, byte value)
    {
        bytes[at % bytes.Length] = value;
        return bytes[..(cut % (bytes.Length + 1))];
    }

    /// <summary>Also as if the whole frame were there: then the decoder sees the cut.</summary>
    private static void DecodeAll(byte[] bytes, MqttProtocolVersion version)
    {
        try
        {
            if (Frame.TryRead(bytes, int.MaxValue, out var frame, out _))
            {
                PacketDecoder.Decode(frame, version);
            }

            if (bytes.Length > 2)
            {
                PacketDecoder.Decode(new Frame((PacketType)(bytes[0] >> 4), (byte)(bytes[0] & 15), bytes.AsMemory(2)), version);
            }
        }
        catch (MqttProtocolException)
        {
            // The one thing it may throw.
        }
    }

    /// <summary>Structure as text: records hold lists and memory, which compare by reference.</summary>
    private static string Describe(Packet packet) => JsonSerializer.Serialize(packet, packet.GetType());
}
