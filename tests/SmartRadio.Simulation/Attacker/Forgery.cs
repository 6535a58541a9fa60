using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Streams;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Attacker;

/// <summary>What can be made of a message without knowing a key.</summary>
internal static class Forgery
{
    private static readonly TimeSpan LongAhead = TimeSpan.FromHours(1);

    /// <summary>A few bits turned over, a cut, or a tail: whatever it was, it is no longer what was said.</summary>
    public static byte[] Alter(Chance chance, byte[] message)
    {
        if (message.Length == 0)
        {
            return [1];
        }

        switch (chance.Between(0, 4))
        {
            case 0:
                return message[..chance.Between(0, message.Length)];
            case 1:
                return [.. message, .. chance.Bytes(chance.Between(1, 20))];
            default:
                var altered = message.ToArray();
                for (var bits = chance.Between(1, 4); bits > 0; bits--)
                {
                    altered[chance.Between(0, altered.Length)] ^= (byte)(1 << chance.Between(0, 8));
                }

                return altered;
        }
    }

    /// <summary>A command that would do harm, whole but for its MAC.</summary>
    public static byte[] Command(Chance chance, byte[] nodeId, long now)
    {
        var body = chance.Between(0, 4) switch
        {
            0 => (Type: CommandType.Chime, Body: new ChimeCommand { Volume = 100 }.Write()),
            1 => (Type: CommandType.Rotate,
                Body: new RotateCommand
                {
                    KeyId = (byte)chance.Between(0, 256),
                    WrappedSecret = chance.Bytes(WireSizes.KeyLength)
                }.Write()),
            2 => (Type: CommandType.Stop, Body: new StopCommand { Broadcast = 0 }.Write()),
            _ => (Type: CommandType.Plan, Body: EvilPlan(chance, now)),
        };
        return new Envelope
        {
            Type = (byte)body.Type,
            NodeId = nodeId,
            Counter = long.MaxValue - chance.Between(0, 1000),
            Issued = now,
            Expires = now + LongAhead.Milliseconds(),
            Body = body.Body,
        }.Seal(chance.Bytes(WireSizes.KeyLength));
    }

    /// <summary>A piece that says it belongs to an object, with other sound in it.</summary>
    public static byte[] Chunk(Chance chance, byte[] genuine)
    {
        if (ObjectChunk.Read(genuine) is not { } chunk)
        {
            return genuine;
        }

        var layout = new ObjectLayout(chunk.ObjectLength);
        chunk.Index = chance.Between(0, layout.Chunks);
        chunk.Payload = chance.Bytes(layout.ChunkLength(chunk.Index));
        return chunk.Write();
    }

    /// <summary>A frame of a stream that is open, with other sound in it.</summary>
    public static byte[] Frame(Chance chance, byte[] genuine)
    {
        var forged = genuine.ToArray();
        chance.Bytes(forged.Length - StreamFrame.HeaderLength).CopyTo(forged, StreamFrame.HeaderLength);
        return forged;
    }

    private static byte[] EvilPlan(Chance chance, long now) => new Plan
    {
        Number = uint.MaxValue,
        Volume = 100,
        UtcOffset = 420,
        Entries =
        [
            new PlanEntry
            {
                Broadcast = 666,
                ObjectId = BuiltInSound.ObjectId(BuiltInSound.Siren),
                Codec = CodecId.ULaw8,
                Samples = 80_000,
                Start = now + chance.Between(1000, 60_000),
                LatestStart = now + LongAhead.Milliseconds(),
                Class = BroadcastClass.Emergency,
                Volume = 100,
            },
        ],
    }.Write();
}
