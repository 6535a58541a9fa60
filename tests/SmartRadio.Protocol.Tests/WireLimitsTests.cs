using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Protocol.Tests;

public class WireLimitsTests
{
    [Fact]
    public void The_largest_plan_fits_one_command()
    {
        var plan = new Plan { Number = 1, Entries = [.. Enumerable.Range(1, Plan.MaxEntries).Select(i => Specimens.Entry(i))] };

        Assert.InRange(plan.Write().Length, 1, Envelope.MaxBody);
        Assert.Equal(Plan.MaxEntries, Plan.Read(plan.Write()).Entries.Length);
    }

    [Fact]
    public void A_plan_of_too_many_entries_is_rejected() =>
        Assert.Null(
            Plan.Read(
                new Plan
                {
                    Number = 1,
                    Entries = [.. Enumerable.Range(1, Plan.MaxEntries + 1).Select(i => Specimens.Entry(i))]
                }.Write()));

    [Theory]
    [InlineData(1, true)]
    [InlineData(Health.MaxFault, true)]
    [InlineData(Health.MaxFault + 1, false)]
    public void The_last_fault_follows_the_health_of_a_node_that_had_one(int length, bool isTaken)
    {
        var without = new Health { UpdateVersion = "1.2" }.Write();
        var with = new Health { UpdateVersion = "1.2", LastFault = new string('x', length) }.Write();

        Assert.Equal([.. without, (byte)length, .. Enumerable.Repeat((byte)'x', length)], with);
        Assert.Equal(string.Empty, Health.Read(without).LastFault);
        Assert.Equal(isTaken ? length : null, Health.Read(with)?.LastFault.Length);
        Assert.Null(Health.Read([.. without, 0]));
        Assert.Null(Health.Read(with[..^1]));
    }

    [Fact]
    public void The_largest_report_fits_one_message() =>
        Assert.InRange(1 + (ReceiptReport.MaxReceipts * Receipt.Length), 1, Envelope.MaxBody);

    [Theory]
    [InlineData(1)]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(1_000_001)]
    [InlineData(ObjectLayout.MaxLength)]
    public void The_chunks_of_an_object_are_its_manifest_and_its_bytes(long length)
    {
        var layout = new ObjectLayout(length);

        var bytes = Enumerable.Range(0, layout.Chunks).Sum(index => (long)layout.ChunkLength(index));

        Assert.Equal(length + layout.ManifestLength, bytes);
        Assert.InRange(layout.Chunks, 2, 65_535);
        Assert.All([0, layout.Chunks - 1], index => Assert.InRange(layout.ChunkLength(index), 1, ObjectLayout.PieceLength));
    }

    [Fact]
    public void A_chunk_beyond_its_object_is_rejected() =>
        Assert.Null(ObjectChunk.Read(new ObjectChunk { Index = 2, ObjectLength = 30, Payload = new byte[30] }.Write()));

    [Theory]
    [InlineData(0)]
    [InlineData(ObjectLayout.MaxLength + 1)]
    [InlineData(uint.MaxValue)]
    public void A_chunk_of_an_impossible_object_is_rejected(long length) =>
        Assert.Null(ObjectChunk.Read(new ObjectChunk { Index = 0, ObjectLength = length, Payload = new byte[16] }.Write()));

    [Theory]
    [InlineData(1440, 0, 0)]
    [InlineData(0, 1440, 0)]
    [InlineData(0, 0, 900)]
    [InlineData(0, 0, -800)]
    public void A_plan_of_impossible_hours_is_rejected(int from, int to, int offset) =>
        Assert.Null(Plan.Read(new Plan { Number = 1, QuietFrom = from, QuietTo = to, UtcOffset = offset, Entries = [] }.Write()));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(33, 1)]
    [InlineData(5, 0)]
    [InlineData(5, ReleaseBundle.MaxLength + 1)]
    public void An_update_without_a_version_or_of_an_impossible_size_is_rejected(int version, long bytes) =>
        Assert.Null(
            UpdateCommand.Read(
                new UpdateCommand { Version = new string('1', version), ObjectId = new byte[16], ObjectBytes = bytes }.Write()));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_release_of_no_or_too_many_assemblies_is_rejected(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"{i}")];

        Assert.Null(
            ReleaseBundle.Read(
                new ReleaseBundle { Names = names, Assemblies = [.. names.Select(_ => new byte[] { 1 })] }.Write()));
    }

    [Fact]
    public void A_release_with_an_empty_assembly_is_rejected() =>
        Assert.Null(ReleaseBundle.Read(new ReleaseBundle { Names = ["a"], Assemblies = [[]] }.Write()));

    [Theory]
    [InlineData(CodecId.ULaw8, 1000, 1000)]
    [InlineData(CodecId.Ima8, 256, 505)]
    [InlineData(CodecId.Ima8, 512, 1010)]
    [InlineData(CodecId.Ima8, 260, 506)]
    [InlineData(CodecId.Ima8, 259, 505)]
    public void Bytes_hold_samples(CodecId codec, long bytes, long samples) =>
        Assert.Equal(samples, SoundFormat.Samples(codec, bytes));
}
