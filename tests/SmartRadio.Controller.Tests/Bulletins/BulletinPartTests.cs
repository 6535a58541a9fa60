using Microsoft.EntityFrameworkCore;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>A bulletin is an opening, words, a pause and a closing, as its author chose.</summary>
public sealed class BulletinPartTests
{
    private static readonly PartKind[] ChimeAndWords = [PartKind.Opening, PartKind.Words];

    [Fact]
    public async Task Usual_bulletin_begins_with_the_two_tone_chime()
    {
        await using var controller = await TestController.StartAsync();

        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());

        var parts = await PartsAsync(controller, bulletin.Id);
        Assert.Equal(ChimeAndWords, parts.Select(part => part.Kind));
        Assert.Equal((Cue.TwoTone, 2.05), (parts[0].Cue, parts[0].Length.TotalSeconds));
        Assert.Equal((2.05, null), (parts[1].Start.TotalSeconds, parts[1].Cue));
        Assert.Equal(bulletin.Length.TotalSeconds, (parts[1].Start + parts[1].Length).TotalSeconds, 0.002);
    }

    [Fact]
    public async Task Emergency_begins_with_its_words_unless_an_opening_is_asked_for()
    {
        await using var controller = await TestController.StartAsync();

        var plain = await SpeakAsync(controller, new BulletinFrame { IsEmergency = true });
        var asked = await SpeakAsync(controller, new BulletinFrame { IsEmergency = true, Opening = Cue.ThreeTone });

        Assert.Equal([PartKind.Words], (await PartsAsync(controller, plain.Id)).Select(part => part.Kind));
        Assert.Equal(ChimeAndWords, (await PartsAsync(controller, asked.Id)).Select(part => part.Kind));
        Assert.Equal(2.6, asked.Length.TotalSeconds - plain.Length.TotalSeconds, 0.002);
    }

    [Fact]
    public async Task Pause_and_closing_follow_the_words()
    {
        await using var controller = await TestController.StartAsync();

        var bulletin = await SpeakAsync(
            controller,
            new BulletinFrame { Opening = Cue.None, Pause = TimeSpan.FromSeconds(2), Closing = Cue.ThreeTone });

        var parts = await PartsAsync(controller, bulletin.Id);
        Assert.Equal([PartKind.Words, PartKind.Pause, PartKind.Closing], parts.Select(part => part.Kind));
        Assert.Equal([2, 2.6], parts.Skip(1).Select(part => part.Length.TotalSeconds));
    }

    [Fact]
    public async Task An_own_melody_opens_and_closes()
    {
        await using var controller = await TestController.StartAsync();
        var melody = await MelodyAsync(controller, seconds: 3);

        var bulletin = await SpeakAsync(
            controller, new BulletinFrame { Opening = Cue.Melody, Closing = Cue.Melody, MelodyId = melody.Id });

        var detail = (await controller.Get<BulletinQuery>()
            .GetAsync(bulletin.Id, AreaScope.Everywhere, CancellationToken.None))!;
        Assert.Equal(
            [PartKind.Opening, PartKind.Pause, PartKind.Words, PartKind.Closing],
            detail.Bulletin.Parts.Select(part => part.Kind));
        Assert.Equal(melody.Length, detail.Bulletin.Parts.First().Length);
        Assert.Equal("Nhạc hiệu", detail.Sources[melody.Id]);
        var melodies = await controller.Get<BulletinQuery>().MelodiesAsync(AreaScope.Everywhere, 10, CancellationToken.None);
        Assert.Equal([(melody.Id, "Nhạc hiệu")], melodies);
    }

    [Fact]
    public async Task Bulletin_that_is_no_melody_is_no_opening()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());

        foreach (long? id in new long?[] { null, 99, bulletin.Id })
        {
            Assert.Equal(
                BulletinRefusal.UnknownMelody,
                await RefusalAsync(() => SpeakAsync(controller, new BulletinFrame { Opening = Cue.Melody, MelodyId = id })));
        }
    }

    [Fact]
    public async Task Withdrawn_melody_is_neither_offered_nor_used()
    {
        await using var controller = await TestController.StartAsync();
        var melody = await MelodyAsync(controller, seconds: 1);
        await controller.ApproveAsync(melody.Id);
        var frame = new BulletinFrame { Closing = Cue.Melody, MelodyId = melody.Id };
        await SpeakAsync(controller, frame);

        await controller.WithdrawAsync(melody.Id);

        Assert.Equal(BulletinRefusal.UnknownMelody, await RefusalAsync(() => SpeakAsync(controller, frame)));
        Assert.Empty(await controller.Get<BulletinQuery>().MelodiesAsync(AreaScope.Everywhere, 10, CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Melody_that_goes_while_it_is_used_is_refused(bool deleted)
    {
        await using var controller = await TestController.StartAsync();
        var melody = await MelodyAsync(controller, seconds: 1);
        await controller.ApproveAsync(melody.Id);
        var going = new Meanwhile(
            1, () => deleted ? controller.DeleteAsync(melody.Id) : controller.WithdrawAsync(melody.Id));
        var request = new UploadRequest("Tin", await Recordings.Mp3Async())
        {
            Frame = new BulletinFrame { Opening = Cue.Melody, MelodyId = melody.Id },
        };

        Assert.Equal(BulletinRefusal.PartChanged, await RefusalAsync(() => controller.Get<CreateBulletin>().FromUploadAsync(
            request, TestController.Officer, going, CancellationToken.None)));

        await using var db = await controller.OpenAsync();
        Assert.False(await db.Bulletins.AnyAsync(row => row.Title == "Tin"));
    }

    [Fact]
    public async Task Melody_over_the_limit_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        Assert.Equal(BulletinRefusal.MelodyTooLong, await RefusalAsync(() => MelodyAsync(controller, seconds: 61)));
    }

    [Fact]
    public async Task Siren_takes_the_right_to_alert()
    {
        await using var controller = await TestController.StartAsync();
        var drill = new BulletinFrame { Opening = Cue.Siren };
        var bulletin = await SpeakAsync(controller, drill);
        Assert.Equal(Cue.Siren, (await PartsAsync(controller, bulletin.Id))[0].Cue);

        await using (var db = await controller.OpenAsync())
        {
            await db.Roles.Where(role => role.Role == Role.AlertOfficer).ExecuteDeleteAsync();
        }

        Assert.Equal(BulletinRefusal.SirenNeedsAlert, await RefusalAsync(() => SpeakAsync(controller, drill)));
    }

    [Fact]
    public async Task Pause_beyond_a_minute_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        foreach (var seconds in new[] { -1, 61 })
        {
            Assert.Equal(
                Refusal.Malformed,
                await RefusalAsync(
                    () => SpeakAsync(controller, new BulletinFrame { Pause = TimeSpan.FromSeconds(seconds) })));
        }
    }

    [Fact]
    public async Task Voice_speed_and_pitch_are_kept()
    {
        await using var controller = await TestController.StartAsync();

        var bulletin = await controller.Get<CreateBulletin>().FromTextAsync(
            new SpeechRequest("Tin", Recordings.Text, "south-female") { Speed = 0.7, Pitch = 60 }, TestController.Officer,
            progress: null, CancellationToken.None);

        await using var db = await controller.OpenAsync();
        var row = await db.Bulletins.SingleAsync(each => each.Id == bulletin.Id);
        Assert.Equal(("south-female", null, 0.7, 60), (row.Voice, row.AskedVoice, row.Speed, row.Pitch));
    }

    [Theory]
    [InlineData(0.69, 50, BulletinRefusal.SpeedOutOfRange)]
    [InlineData(1.51, 50, BulletinRefusal.SpeedOutOfRange)]
    [InlineData(double.NaN, 50, BulletinRefusal.SpeedOutOfRange)]
    [InlineData(VoiceChoice.UsualSpeed, -1, BulletinRefusal.PitchOutOfRange)]
    [InlineData(VoiceChoice.UsualSpeed, 100, BulletinRefusal.PitchOutOfRange)]
    public async Task Manner_out_of_range_is_refused(double speed, int pitch, string refusal)
    {
        await using var controller = await TestController.StartAsync();

        Assert.Equal(refusal, await RefusalAsync(() => controller.Get<CreateBulletin>().FromTextAsync(
            new SpeechRequest("Tin", Recordings.Text, "north") { Speed = speed, Pitch = pitch }, TestController.Officer,
            progress: null, CancellationToken.None)));
    }

    private static async Task<Bulletin> MelodyAsync(TestController controller, int seconds)
    {
        var sound = await Recordings.MakeAsync("wav", "-f", "lavfi", "-i", $"sine=frequency=600:duration={seconds}");
        return await controller.Get<CreateBulletin>().FromUploadAsync(
            new UploadRequest("Nhạc hiệu", new MemoryStream(sound)) { IsMelody = true }, TestController.Officer,
            progress: null, CancellationToken.None);
    }

    private static Task<Bulletin> SpeakAsync(TestController controller, BulletinFrame frame) =>
        controller.Get<CreateBulletin>().FromTextAsync(
            new SpeechRequest("Tin", Recordings.Text, "north") { Frame = frame }, TestController.Officer, progress: null,
            CancellationToken.None);

    private static async Task<List<BulletinPart>> PartsAsync(TestController controller, long id)
    {
        await using var db = await controller.OpenAsync();
        return await db.Set<BulletinPart>().Where(part => part.BulletinId == id).OrderBy(part => part.Position).ToListAsync();
    }

    private static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
