using System.Security.Cryptography;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Objects;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Controller.Delivery.Streams;

/// <summary>Sends a sound as live frames, each a little ahead of the instant at which it is heard.</summary>
public sealed class StreamSender(
    IMessageBus bus,
    CommandSender commands,
    NodeSecrets secrets,
    ObjectStorage files,
    DeliveryMeters meters,
    DataLedger data,
    TimeProvider time)
{
    /// <summary>How far frames run ahead of the sound: what a node's jitter buffer holds.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(1200);

    /// <summary>From opening a stream to its first frame: what a node on a slow line needs to ask the broker for it.</summary>
    public static readonly TimeSpan Opening = TimeSpan.FromMilliseconds(500);

    // About 200 ms a frame, as DESIGN's wire protocol asks of live sound.
    private const int ULawFrame = 1600;
    private const int Ima8FrameBlocks = 3;

    /// <summary>Opens a stream for these nodes and sends the whole sound; returns when the last frame is sent.</summary>
    public async Task SendAsync(
        Broadcast broadcast, SoundObject sound, IReadOnlyList<string> nodeIds, CancellationToken cancellationToken)
    {
        var streamId = RandomNumberGenerator.GetBytes(WireSizes.StreamIdLength);
        var key = RandomNumberGenerator.GetBytes(WireSizes.StreamKeyLength);
        var validFor = broadcast.LatestStart + broadcast.Length - time.GetUtcNow();
        var listeners = new List<DataMeter>();
        foreach (var nodeId in nodeIds)
        {
            if (await secrets.FindAsync(nodeId, cancellationToken) is { } node)
            {
                byte[] Open(long counter) => new StreamOpen
                {
                    Broadcast = broadcast.Id,
                    StreamId = streamId,
                    Codec = sound.Codec,
                    WrappedKey = node.Wrap(key, counter)
                }.Write();
                commands.Send(node, CommandType.StreamOpen, Open, validFor);
                listeners.Add(data.Of(nodeId));
            }
        }

        await Task.Delay(Opening, time, cancellationToken);
        using var file = File.OpenHandle(files.PathOf(sound.Id));
        var topic = Topics.Stream(Hex.Encode(streamId), sound.Codec);
        var (frameBytes, frameSamples, rate) = Shape(sound.Codec);
        var buffer = new byte[frameBytes];
        for (long sequence = 0, position = 0; position < sound.Samples; sequence++, position += frameSamples)
        {
            var due = broadcast.Start + TimeSpan.FromSeconds((double)position / rate) - Lead;
            var wait = due - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            // Not asynchronous: so few bytes out of the page cache cost less than handing the work to another thread.
            var read = RandomAccess.Read(file, buffer, sequence * frameBytes);
            var frame = new StreamFrame
            {
                Codec = sound.Codec,
                StreamId = streamId,
                Sequence = sequence,
                Position = position,
                Payload = buffer[..read]
            };
            var message = frame.Seal(key);
            if (bus.TryPublish(topic, message, reliable: false))
            {
                listeners.ForEach(listener => listener.Add(topic.Length + message.Length));
            }

            meters.FrameSent();
        }
    }

    private static (int Bytes, int Samples, int Rate) Shape(CodecId codec) => codec switch
    {
        CodecId.Ima8 => (Ima8FrameBlocks * SoundFormat.ImaBlockBytes, Ima8FrameBlocks * SoundFormat.ImaBlockSamples, 8000),
        CodecId.ULaw16 => (2 * ULawFrame, 2 * ULawFrame, 16000),
        CodecId.ULaw8 => (ULawFrame, ULawFrame, 8000),
        _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "This codec cannot be cut into frames."),
    };
}
