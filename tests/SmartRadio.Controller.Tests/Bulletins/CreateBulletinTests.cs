using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Tests.Bulletins;

public sealed class CreateBulletinTests
{
    [Fact]
    public async Task A_file_becomes_a_sound_that_can_be_heard_and_seen()
    {
        await using var controller = await TestController.StartAsync();

        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());

        var files = controller.Get<BulletinFiles>();
        Assert.Equal(bulletin.Hash, await BulletinFiles.HashOfAsync(files.MasterOf(bulletin), CancellationToken.None));
        Assert.True(new FileInfo(files.PreviewOf(bulletin)).Length > 5000);
        Assert.Equal(
            ["master.wav", "preview.mp3"], Directory.GetFiles(files.FolderOf(bulletin.Id)).Select(Path.GetFileName).Order());
        Assert.InRange(bulletin.Length, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(12));
        Assert.InRange(bulletin.Loudness, -18, -14);
        Assert.Contains(bulletin.Peaks, peak => (sbyte)peak > 20);
        Assert.False(bulletin.IsApproved);
    }

    [Theory]
    [InlineData("north")]
    [InlineData("central")]
    [InlineData("south")]
    public async Task A_text_is_spoken(string voice)
    {
        await using var controller = await TestController.StartAsync();

        var bulletin = await controller.SpeakAsync("  " + Recordings.Text.Normalize(NormalizationForm.FormD) + "\r\n", voice);

        Assert.Equal(
            (BulletinOrigin.Speech, Recordings.Text.Normalize(), voice), (bulletin.Origin, bulletin.Text, bulletin.Voice));
        Assert.InRange(bulletin.Length, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Progress_goes_to_the_end_and_never_back()
    {
        await using var controller = await TestController.StartAsync();
        var seen = new Seen();

        await controller.Get<CreateBulletin>().FromTextAsync(
            new SpeechRequest("Tiêm phòng", Recordings.Text, "north"), TestController.Officer, seen, CancellationToken.None);

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1]);
    }

    [Fact]
    public async Task Bulletin_is_in_the_list_and_in_the_audit_log()
    {
        await using var controller = await TestController.StartAsync();

        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());

        var row = Assert.Single(
            (await controller.Get<BulletinQuery>()
                .ListAsync(AreaScope.Everywhere, BulletinFilter.All, 10, CancellationToken.None)).Rows);
        Assert.Equal((bulletin.Id, "Tiêm phòng", "Cán bộ", null), (row.Id, row.Title, row.Author, row.ApprovedAt));
        var detail = await controller.Get<BulletinQuery>().GetAsync(bulletin.Id, AreaScope.Everywhere, CancellationToken.None);
        Assert.Equal((bulletin.Hash, null, 0), (detail!.Bulletin.Hash, detail.Approver, detail.Objects.Count));
        Assert.Null(await controller.Get<BulletinQuery>().GetAsync(99, AreaScope.Everywhere, CancellationToken.None));
        await using var db = await controller.OpenAsync();
        Assert.Equal(
            ("bulletin.create", $"bulletin {bulletin.Id}"),
            (await db.Audit.Select(entry => new ValueTuple<string, string>(entry.Action, entry.Subject)).SingleAsync()));
    }

    [Fact]
    public async Task A_folder_that_a_crash_left_under_its_number_is_replaced()
    {
        await using var controller = await TestController.StartAsync();
        var orphan = controller.Get<BulletinFiles>().FolderOf(1);
        Directory.CreateDirectory(orphan);
        await File.WriteAllTextAsync(Path.Combine(orphan, "leftover"), "x");

        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());

        Assert.Equal(1, bulletin.Id);
        Assert.Equal(["master.wav", "preview.mp3"], Directory.GetFiles(orphan).Select(Path.GetFileName).Order());
    }

    private sealed class Seen : List<double>, IProgress<double>
    {
        public void Report(double value) => Add(value);
    }
}
