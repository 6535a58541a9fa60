using SmartRadio.Node.Storage;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Storage;

public class TwoSlotFileTests
{
    [Fact]
    public void Two_slot_file_cut_at_any_byte_holds_the_old_or_the_new()
    {
        byte[] key = new byte[32], old = [1, 2, 3], young = [4, 5, 6, 7, 8];
        for (var cut = 0; cut <= 60; cut++)
        {
            var files = new BenchFiles();
            Assert.True(new TwoSlotFile(files, "x", key).Write([0]));
            var file = new TwoSlotFile(files, "x", key);
            file.Read();
            file.Write(old);
            files.PowerLeft = cut;
            var done = Record.Exception(() => file.Write(young)) is null;

            var read = new TwoSlotFile(files.AfterPowerCut(), "x", key).Read();

            Assert.Equal(done ? young : old, read);
        }
    }

    [Fact]
    public void Two_slot_file_goes_on_after_a_torn_write()
    {
        byte[] key = new byte[32];
        var files = new BenchFiles();
        var file = new TwoSlotFile(files, "x", key);
        file.Write([1]);
        files.PowerLeft = 10;
        Assert.Throws<PowerCut>(() => file.Write([2]));
        files = files.AfterPowerCut();

        for (byte value = 3; value < 10; value++)
        {
            file = new TwoSlotFile(files, "x", key);
            file.Read();
            file.Write([value]);
            Assert.Equal([value], new TwoSlotFile(files, "x", key).Read());
        }
    }

    [Fact]
    public void Two_slot_file_written_under_another_key_or_name_is_rejected()
    {
        var files = new BenchFiles();
        new TwoSlotFile(files, "x", new byte[32]).Write([1]);
        files.Content["y.0"] = files.Content["x.0"];

        Assert.Null(new TwoSlotFile(files, "x", [.. Enumerable.Repeat((byte)1, 32)]).Read());
        Assert.Null(new TwoSlotFile(files, "y", new byte[32]).Read());
        Assert.Equal([1], new TwoSlotFile(files, "x", new byte[32]).Read());
    }

    [Fact]
    public void Two_slot_file_with_any_bit_flipped_is_rejected()
    {
        var files = new BenchFiles();
        new TwoSlotFile(files, "x", new byte[32]).Write([1, 2, 3]);
        var stored = files.Content["x.0"];
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            files.Content["x.0"] = stored.ToArray();
            files.Content["x.0"][bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(new TwoSlotFile(files, "x", new byte[32]).Read());
        }
    }
}
