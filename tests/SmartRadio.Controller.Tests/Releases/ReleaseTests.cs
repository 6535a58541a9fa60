using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Releases;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol.Objects;
using static SmartRadio.Controller.Tests.Releases.RolloutTests;

namespace SmartRadio.Controller.Tests.Releases;

public sealed class ReleaseTests
{
    [Fact]
    public async Task Zip_becomes_one_object_ordered_by_name_and_survives_a_start()
    {
        await using var bench = await RolloutBench.StartAsync(0);

        var release = await bench.AddAsync("2.0", Zip(("b.pe", "NFMRK1 second"), ("a.pe", "NFMRK1 first"), ("readme.txt", "x")));

        await bench.Controller.RunAsync<OrphanFiles>();
        var file = bench.Controller.Get<ObjectStorage>().Open(release.ObjectId);
        var bundle = ReleaseBundle.Read(
            [.. Enumerable.Range(file.Layout.ManifestChunks, file.Layout.Pieces).SelectMany(file.Chunk)]);
        Assert.Equal(["a", "b"], bundle.Names);
        Assert.Equal("NFMRK1 first", Encoding.ASCII.GetString(bundle.Assemblies[0]));
    }

    [Fact]
    public async Task Bringing_one_is_audited()
    {
        await using var bench = await RolloutBench.StartAsync(0);

        var release = await bench.AddAsync("2.0");

        await using var db = await bench.Controller.OpenAsync();
        var entry = await db.Audit.OrderBy(row => row.Id).LastAsync();
        Assert.Equal(("release.add", $"release {release.Id}"), (entry.Action, entry.Subject));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("2.0/../../x")]
    [InlineData("2.0\n")]
    [InlineData("hai.không")]
    [InlineData("1234567890.1234567890.1234567890.1")]
    public async Task A_version_that_is_none_is_refused(string version)
    {
        await using var bench = await RolloutBench.StartAsync(0);
        if (version.EndsWith('\n'))
        {
            Assert.Equal("2.0", (await bench.AddAsync(version)).Version);
            return;
        }

        await RefusedAsync(ReleaseRefusal.ReleaseVersionWrong, () => bench.AddAsync(version));
    }

    [Fact]
    public async Task A_version_is_brought_once()
    {
        await using var bench = await RolloutBench.StartAsync(0);
        await bench.AddAsync("2.0");

        await RefusedAsync(ReleaseRefusal.ReleaseVersionTaken, () => bench.AddAsync("2.0"));
    }

    [Fact]
    public async Task Refused_release_leaves_no_file()
    {
        await using var bench = await RolloutBench.StartAsync(0);
        var data = bench.Controller.Get<DataFolder>();
        await bench.AddAsync("2.0");
        var files = Directory.EnumerateFileSystemEntries(data.Objects).Count();

        await RefusedAsync(ReleaseRefusal.ReleaseVersionTaken, () => bench.AddAsync("2.0", "NFMRK1 another program"u8.ToArray()));

        Assert.Equal(files, Directory.EnumerateFileSystemEntries(data.Objects).Count());
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Incoming));
    }

    [Fact]
    public async Task Other_file_than_a_program_is_refused()
    {
        await using var bench = await RolloutBench.StartAsync(0);

        await RefusedAsync(ReleaseRefusal.ReleaseNotAProgram, () => bench.AddAsync("2.0", []));
        await RefusedAsync(ReleaseRefusal.ReleaseNotAProgram, () => bench.AddAsync("2.0", "MZ a desktop program"u8.ToArray()));
        await RefusedAsync(ReleaseRefusal.ReleaseNotAProgram, () => bench.AddAsync("2.0", Zip()));
        await RefusedAsync(
            ReleaseRefusal.ReleaseNotAProgram, () => bench.AddAsync("2.0", Zip(("a.pe", "NFMRK1 good"), ("b.pe", "bad"))));
        await RefusedAsync(
            ReleaseRefusal.ReleaseNotAProgram,
            () => bench.AddAsync("2.0", Zip([.. Enumerable.Range(0, 9).Select(i => ($"{i}.pe", "NFMRK1"))])));
        await RefusedAsync(ReleaseRefusal.ReleaseNotAProgram, () => bench.AddAsync("2.0", Zip(("a.pe", "NFMRK1"))[..^10]));
    }

    [Fact]
    public async Task Too_large_a_program_is_refused_even_inside_a_zip()
    {
        await using var bench = await RolloutBench.StartAsync(0);
        var large = "NFMRK1" + new string('x', ReleaseBundle.MaxLength);

        await RefusedAsync(ReleaseRefusal.ReleaseTooLarge, () => bench.AddAsync("2.0", Encoding.ASCII.GetBytes(large)));
        await RefusedAsync(ReleaseRefusal.ReleaseTooLarge, () => bench.AddAsync("2.0", Zip(("a.pe", large))));
        await RefusedAsync(
            ReleaseRefusal.ReleaseTooLarge,
            () => bench.AddAsync("2.0", Zip(("a.pe", large[..300_000]), ("b.pe", large[..300_000]))));
    }

    private static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.ASCII.GetBytes(content));
            }
        }

        return packed.ToArray();
    }
}
