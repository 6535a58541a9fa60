using System.Security.Cryptography;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Tests.Bulletins;

public sealed class ObjectFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(ObjectLayout.PieceLength)]
    [InlineData(ObjectLayout.PieceLength + 1)]
    [InlineData((ObjectLayout.PieceLength * 251) + 17)]
    public async Task The_chunks_are_what_a_node_needs_to_check_and_rebuild_the_sound(int length)
    {
        await using var controller = await TestController.StartAsync();
        var sound = RandomNumberGenerator.GetBytes(length);

        var written = await WriteAsync(controller, sound, atOnce: 333);

        var file = controller.Get<ObjectStorage>().Open(written.Id);
        var chunks = Enumerable.Range(0, file.Layout.Chunks).Select(file.Chunk).ToList();
        var manifest = chunks.Take(file.Layout.ManifestChunks).SelectMany(chunk => chunk).ToArray();
        var pieces = chunks.Skip(file.Layout.ManifestChunks).ToList();
        Assert.Equal(written.Id, Hex.Encode(ObjectHash.Digest(manifest)));
        Assert.Equal(sound, pieces.SelectMany(piece => piece));
        Assert.All(pieces, (piece, index) => Assert.Equal(
            manifest.Skip(index * ObjectLayout.DigestLength).Take(ObjectLayout.DigestLength), ObjectHash.Digest(piece)));
    }

    [Fact]
    public async Task The_id_does_not_depend_on_how_the_sound_was_written()
    {
        await using var controller = await TestController.StartAsync();
        var sound = RandomNumberGenerator.GetBytes(100_000);

        var first = await WriteAsync(controller, sound, atOnce: 7);
        var second = await WriteAsync(controller, sound, atOnce: 65_536);

        Assert.Equal((first.Id, true, false), (second.Id, first.IsNew, second.IsNew));
    }

    [Fact]
    public async Task A_damaged_file_is_not_given_out()
    {
        await using var controller = await TestController.StartAsync();
        var written = await WriteAsync(controller, RandomNumberGenerator.GetBytes(10_000), atOnce: 4096);
        var path = controller.Get<ObjectStorage>().PathOf(written.Id);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[5000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        Assert.Throws<IOException>(() => controller.Get<ObjectStorage>().Open(written.Id));
    }

    [Fact]
    public async Task Object_that_is_not_kept_leaves_nothing()
    {
        await using var controller = await TestController.StartAsync();

        using (var file = controller.Get<ObjectStorage>().Begin())
        {
            await file.Content.WriteAsync(new byte[5000]);
        }

        var data = controller.Get<DataFolder>();
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Incoming));
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Objects));
    }

    private static async Task<WrittenObject> WriteAsync(TestController controller, byte[] sound, int atOnce)
    {
        using var file = controller.Get<ObjectStorage>().Begin();
        foreach (var part in sound.Chunk(atOnce))
        {
            await file.Content.WriteAsync(part);
        }

        return file.Keep();
    }
}
