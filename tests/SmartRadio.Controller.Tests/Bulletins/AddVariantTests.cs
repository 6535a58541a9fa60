using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Programmes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>A recording or a text in another language sounds beside a bulletin's words, in the order of the area.</summary>
public sealed class AddVariantTests
{
    private const int HeaderBytes = 44; // of a master's WAV file
    private static readonly TimeSpan ThreeSeconds = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Languages_sound_in_the_order_of_the_area()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller, "Cơ Tu", "Tiếng Việt", "Ba Na");
        var files = controller.Get<BulletinFiles>();
        var spoken = await WordsAsync(files, bulletin, LanguageOrder.Vietnamese);

        await AddAsync(controller, bulletin.Id, "Ba Na");
        await AddAsync(controller, bulletin.Id, "Tày");
        var made = await AddAsync(controller, bulletin.Id, "cơ tu");

        Assert.Equal(
            ["Opening", "cơ tu", "Pause", "Tiếng Việt", "Pause", "Ba Na", "Pause", "Tày", "Pause", "Closing"],
            made.Parts.Select(part => part.Language ?? part.Kind.ToString()));
        Assert.Equal(
            [1.5, 1.5, 1.5, 1],
            made.Parts.Where(part => part.Kind == PartKind.Pause).Select(part => part.Length.TotalSeconds));
        Assert.Equal(made.Length.TotalSeconds, made.Parts.Sum(part => part.Length.TotalSeconds), 0.001);
        Assert.NotEqual(bulletin.Hash, made.Hash);
        Assert.Equal(made.Hash, await BulletinFiles.HashOfAsync(files.MasterOf(made), CancellationToken.None));
        // The words that were there are the same, but for the fades of 10 ms at their ends; the database keeps milliseconds.
        var now = await WordsAsync(files, made, LanguageOrder.Vietnamese);
        Assert.Equal(spoken[1000..(now.Length - 1000)], now[1000..^1000]);
        Assert.InRange(spoken.Length - now.Length, 0, 100);
        await using var db = await controller.OpenAsync();
        Assert.Equal("bulletin.variant", db.Audit.OrderBy(entry => entry.Id).Last().Action);
    }

    [Fact]
    public async Task Text_in_another_language_is_spoken_and_kept_with_its_words()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller, "Tiếng Việt", "Tày");

        var made = await SpokenAsync(controller, bulletin.Id, "Tày", "Họp lúc 7h30.");

        var words = made.Parts.Last(part => part.Kind == PartKind.Words);
        Assert.Equal(("Tày", "Họp lúc 7h30.", "south", null), (words.Language, words.Text, words.Voice, words.AskedVoice));
        Assert.InRange(words.Length.TotalSeconds, 0.8, 4);
        Assert.Equal((Recordings.Text, "north"), (made.Text, made.Voice));
        // Whatever is added or cut later, its text stays with it.
        made = await AddAsync(controller, made.Id, "Ba Na");
        made = await controller.Get<TrimBulletin>().HandleAsync(
            new TrimRequest(made.Id, TimeSpan.Zero, made.Parts.First(part => part.Kind == PartKind.Words).Start + ThreeSeconds),
            TestController.Officer, null, CancellationToken.None);
        Assert.Equal(
            [("Tiếng Việt", null), ("Tày", "Họp lúc 7h30."), ("Ba Na", null)],
            made.Parts.Where(part => part.Kind == PartKind.Words).Select(part => (part.Language, part.Text)));
    }

    [Fact]
    public async Task Text_or_voice_that_cannot_be_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller, "Tiếng Việt");

        Assert.Equal(Refusal.TextMissing, await RefusalAsync(() => SpokenAsync(controller, bulletin.Id, "Tày", " ")));
        Assert.Equal(
            BulletinRefusal.UnknownVoice,
            await RefusalAsync(() => SpokenAsync(controller, bulletin.Id, "Tày", "Họp.", "nobody")));
        Assert.Equal(
            BulletinRefusal.LanguageTaken, await RefusalAsync(() => SpokenAsync(controller, bulletin.Id, "tiếng việt", "Họp.")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Incoming));
    }

    [Fact]
    public async Task Trimming_keeps_the_words_of_the_other_language()
    {
        await using var controller = await TestController.StartAsync();
        var made = await AddAsync(controller, (await MadeAsync(controller, "Tiếng Việt", "Cơ Tu")).Id, "Cơ Tu");
        var words = made.Parts.Last(part => part.Kind == PartKind.Words);

        var trimmed = await controller.Get<TrimBulletin>().HandleAsync(
            new TrimRequest(made.Id, words.Start + TimeSpan.FromSeconds(1), words.Start + TimeSpan.FromSeconds(3)),
            TestController.Officer, null, CancellationToken.None);

        Assert.Equal(made.Parts.Select(part => part.Language), trimmed.Parts.Select(part => part.Language));
        Assert.Equal(
            made.Parts.Select(part => part.Position == words.Position ? 2 : part.Length.TotalSeconds),
            trimmed.Parts.Select(part => part.Length.TotalSeconds));
    }

    [Fact]
    public async Task Programme_takes_all_languages_of_its_bulletins()
    {
        await using var controller = await TestController.StartAsync();
        var made = await AddAsync(controller, (await MadeAsync(controller, "Tiếng Việt", "Cơ Tu")).Id, "Cơ Tu");
        await controller.Get<ApproveBulletin>().HandleAsync(
            made.Id, TestController.Officer, null, CancellationToken.None);

        var programme = await controller.Get<ComposeProgramme>().HandleAsync(
            new ProgrammeRequest("Sáng", [new(made.Id, default)]), TestController.Officer, null, CancellationToken.None);

        var words = made.Parts.Where(part => part.Language is not null).ToList();
        var spoken = words[^1].Start + words[^1].Length - words[0].Start;
        Assert.Equal(spoken.TotalSeconds, programme.Parts.Last().Length.TotalSeconds, 0.001);
    }

    [Fact]
    public async Task Language_that_is_there_and_bulletin_without_words_are_refused()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller, "Tiếng Việt");
        var melody = await controller.Get<CreateBulletin>().FromUploadAsync(
            new UploadRequest("Nhạc", await Recordings.Mp3Async()) { IsMelody = true }, TestController.Officer, null,
            CancellationToken.None);

        Assert.Equal(BulletinRefusal.LanguageTaken, await RefusalAsync(() => AddAsync(controller, bulletin.Id, "tiếng việt")));
        Assert.Equal(Refusal.NameMissing, await RefusalAsync(() => AddAsync(controller, bulletin.Id, " ")));
        Assert.Equal(BulletinRefusal.NoWords, await RefusalAsync(() => AddAsync(controller, melody.Id, "Cơ Tu")));
        Assert.Equal(BulletinRefusal.NotAudio, await RefusalAsync(() => controller.Get<AddVariant>().FromUploadAsync(
            new VariantRequest(bulletin.Id, "Cơ Tu", new MemoryStream("no sound"u8.ToArray())), TestController.Officer, null,
            CancellationToken.None)));
        Assert.Equal(BulletinRefusal.NotAuthor, await RefusalAsync(() => AddAsync(
            controller, bulletin.Id, "Cơ Tu", new Actor("other", "Ai khác"))));
        await controller.Get<ApproveBulletin>().HandleAsync(bulletin.Id, TestController.Officer, null, CancellationToken.None);
        Assert.Equal(BulletinRefusal.AlreadyApproved, await RefusalAsync(() => AddAsync(controller, bulletin.Id, "Cơ Tu")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Incoming));
    }

    private static async Task<Bulletin> MadeAsync(TestController controller, params string[] languages)
    {
        var area = await controller.AddAreaAsync("1");
        var rules = new SetAreaRulesRequest(area.Id, null, null) { Languages = languages };
        await controller.Get<SetAreaRules>().HandleAsync(rules, TestController.Officer, CancellationToken.None);
        var request = new SpeechRequest("Tin", Recordings.Text, "north")
        {
            AreaId = area.Id,
            Frame = new BulletinFrame { Pause = TimeSpan.FromSeconds(1), Closing = Cue.TwoTone },
        };
        return await controller.Get<CreateBulletin>().FromTextAsync(
            request, TestController.Officer, progress: null, CancellationToken.None);
    }

    private static async Task<Bulletin> AddAsync(TestController controller, long id, string language, Actor? actor = null) =>
        await controller.Get<AddVariant>().FromUploadAsync(
            new VariantRequest(id, language, await Recordings.Mp3Async()), actor ?? TestController.Officer, progress: null,
            CancellationToken.None);

    private static Task<Bulletin> SpokenAsync(
        TestController controller, long id, string language, string text, string voice = "south") =>
        controller.Get<AddVariant>().FromTextAsync(
            new SpokenVariantRequest(id, language, text, new VoiceChoice(voice)), TestController.Officer, progress: null,
            CancellationToken.None);

    private static async Task<byte[]> WordsAsync(BulletinFiles files, Bulletin bulletin, string language)
    {
        var words = bulletin.Parts.Single(part =>
            part.Kind == PartKind.Words && (part.Language ?? LanguageOrder.Vietnamese) == language);
        var (start, length) = (BytesOf(words.Start), BytesOf(words.Length));
        var master = await File.ReadAllBytesAsync(files.MasterOf(bulletin));
        return master[(HeaderBytes + start)..(HeaderBytes + start + length)];
    }

    private static int BytesOf(TimeSpan length) => 2 * (int)Math.Round(length.TotalSeconds * Audio.Master.SampleRate);

    private static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
