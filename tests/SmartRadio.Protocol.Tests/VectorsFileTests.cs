using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Protocol.Tests;

/// <summary>
/// protocol-vectors.json, which was made by another program from protocol.md: what a maker's node must do, ours does.
/// </summary>
public class VectorsFileTests
{
    private static readonly JsonNode File = JsonNode.Parse(
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol-vectors.json")))!;
    private static readonly NodeKeys Keys = new(Bytes(File["node"]!["secret"]));
    private static readonly byte[] StreamKey = Bytes(File["streamKey"]);

    public static TheoryData<string> Messages => Names(File["messages"]);

    public static TheoryData<string> Frames => Names(File["frames"]);

    public static TheoryData<int> Objects => [.. File["objects"]!.AsArray().Select(o => (int)o!["length"]!)];

    public static TheoryData<string> RejectedCommands => Names(File["rejected"]!["commands"]);

    public static TheoryData<string> RejectedBodies => Names(File["rejected"]!["bodies"]);

    public static TheoryData<string> RejectedFrames => Names(File["rejected"]!["frames"]);

    public static TheoryData<string> RejectedChunks => Names(File["rejected"]!["chunks"]);

    [Fact]
    public void Keys_of_the_node_are_as_in_the_file()
    {
        var keys = File["node"]!["keys"]!;
        Assert.Equal(Bytes(keys["command"]), Keys.Command);
        Assert.Equal(Bytes(keys["up"]), Keys.Up);
        Assert.Equal(Bytes(keys["wrap"]), Keys.Wrap);
        Assert.Equal(Bytes(keys["store"]), Keys.Store);
        Assert.Equal((string)keys["broker"]!, Keys.BrokerPassword);
    }

    [Theory]
    [InlineData("stream open", "wrappedKey")]
    [InlineData("rotate", "wrappedSecret")]
    public void Wrapped_key_is_as_in_the_file(string name, string field)
    {
        var vector = File["wrapped"]!.AsArray().Single(v => (string)v!["message"]! == name)!;
        var message = Named(File["messages"], name);
        var wrapped = Bytes(message["body"]![field]);
        var blocks = KeyWrap.CounterBlocks((long)message["envelope"]!["counter"]!, wrapped.Length);
        using var aes = Aes.Create();
        aes.Key = Keys.Wrap;

        Assert.Equal(Bytes(vector["firstCounterBlock"]), blocks[..16]);
        Assert.Equal(Bytes(vector["wrapped"]), wrapped);
        Assert.Equal(Bytes(vector["plain"]), KeyWrap.Combine(wrapped, aes.EncryptEcb(blocks, PaddingMode.None)));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_is_as_in_the_file(string name)
    {
        var vector = Named(File["messages"], name);
        var bytes = Bytes(vector["bytes"]);
        var envelope = Envelope.Parse(bytes);
        var key = KeyOf(vector);
        var body = Body.Read(vector["key"]!.GetValue<string>(), envelope.Type, envelope.Body)!;

        Assert.True(Envelope.IsAuthentic(bytes, key));
        Assert.Equal(bytes, envelope.Seal(key));
        Assert.Equal(Bytes(vector["bytes"])[Envelope.HeaderLength..^Envelope.MacLength], Body.Write(body));
        VectorFields.AssertEqual(vector["envelope"]!, envelope);
        VectorFields.AssertEqual(vector["body"]!, body);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Frame_is_as_in_the_file(string name)
    {
        var vector = Named(File["frames"], name);
        var frame = StreamFrame.Open(Bytes(vector["bytes"]), StreamKey);

        VectorFields.AssertEqual(vector["fields"]!, frame);
        Assert.Equal(Bytes(vector["bytes"]), frame.Seal(StreamKey));
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Sound_object_is_as_in_the_file(int length)
    {
        var vector = File["objects"]!.AsArray().Single(o => (int)o!["length"]! == length)!;
        byte[] sound = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        byte[] manifest = [.. sound.Chunk(ObjectLayout.PieceLength).SelectMany(ObjectHash.Digest)];
        var layout = new ObjectLayout(length);
        byte[][] payloads = [.. manifest.Chunk(ObjectLayout.PieceLength), .. sound.Chunk(ObjectLayout.PieceLength)];
        byte[][] chunks = [.. payloads.Select(
            (payload, index) => new ObjectChunk { Index = index, ObjectLength = length, Payload = payload }.Write())];

        Assert.Equal(Bytes(vector["id"]), ObjectHash.Digest(manifest));
        Assert.Equal((int)vector["chunks"]!, layout.Chunks);
        Assert.Equal((int)vector["manifestChunks"]!, layout.ManifestChunks);
        Assert.Equal(Bytes(vector["digestOfAllChunks"]), ObjectHash.Digest([.. chunks.SelectMany(c => c)]));
        Assert.All(chunks, chunk => Assert.NotNull(ObjectChunk.Read(chunk)));
    }

    [Theory]
    [MemberData(nameof(RejectedCommands))]
    public void Command_that_the_file_rejects_is_rejected(string name)
    {
        var vector = Named(File["rejected"]!["commands"], name);
        var bytes = Bytes(vector["bytes"]);
        var envelope = Envelope.Parse(bytes);
        var found = envelope is null ? "malformed"
            : !Envelope.IsAuthentic(bytes, Keys.Command) ? "unauthenticated"
            : !envelope.NodeId.SequenceEqual(Bytes(File["node"]!["id"])) ? "another node" : "accepted";

        Assert.Equal((string)vector["reason"]!, found);
    }

    [Theory]
    [MemberData(nameof(RejectedBodies))]
    public void Body_that_the_file_rejects_is_rejected(string name)
    {
        var vector = Named(File["rejected"]!["bodies"], name);

        Assert.Null(Body.Read((string)vector["key"]!, (byte)(int)vector["type"]!, Bytes(vector["body"])));
    }

    [Theory]
    [MemberData(nameof(RejectedFrames))]
    public void Frame_that_the_file_rejects_is_rejected(string name) =>
        Assert.Null(StreamFrame.Open(Bytes(Named(File["rejected"]!["frames"], name)["bytes"]), StreamKey));

    [Theory]
    [MemberData(nameof(RejectedChunks))]
    public void Chunk_that_the_file_rejects_is_rejected(string name) =>
        Assert.Null(ObjectChunk.Read(Bytes(Named(File["rejected"]!["chunks"], name)["bytes"])));

    private static byte[] KeyOf(JsonNode vector) => (string)vector["key"]! == "up" ? Keys.Up : Keys.Command;

    private static byte[] Bytes(JsonNode? hex) => Convert.FromHexString((string)hex!);

    private static JsonNode Named(JsonNode? list, string name) => list!.AsArray().Single(v => (string)v!["name"]! == name)!;

    private static TheoryData<string> Names(JsonNode? list) => [.. list!.AsArray().Select(v => (string)v!["name"]!)];
}
