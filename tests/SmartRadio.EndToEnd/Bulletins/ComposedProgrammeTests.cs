using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Bulletins;

/// <summary>
/// An officer writes, sees the reading, changes the dictionary, speaks, trims, joins and hears: on a phone in Vietnamese, and at
/// a dark desk in English.
/// </summary>
public sealed partial class ComposedProgrammeTests
{
    private const string Text =
        "Kính thưa bà con. 7h30 ngày 20/11, UBND xã mời bà con họp ở thôn Ea H’leo. Hộ nào vắng mặt báo BCH thôn.";

    private const string Name = "Ea H’leo";
    private const string NameAsSaid = "ê a hờ leo";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bulletins_are_read_spoken_trimmed_joined_and_heard(bool phone)
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone, dark: !phone);
        var page = browser.Page;
        var pictures = new Pictures(radio, phone ? "phone" : "desk");
        await browser.SignInAsync(radio);
        if (!phone)
        {
            await page.SetViewportSizeAsync(1200, 850);
            await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        }

        await ReadAsync(page, pictures);
        await ChangeDictionaryAsync(page, pictures);
        var first = await WriteAsync(page, pictures);
        var whole = await CheckHeardAsync(radio, page, first);
        var opening = await ValueAsync(page, "keep-from");
        await TrimAsync(page, pictures, 0.6, 0.9);
        var kept = WordsOf(await CheckHeardAsync(radio, page, first)).LengthSeconds;
        Assert.Equal(whole.LengthSeconds * 0.3, kept, 0.3);
        Assert.Equal(opening + kept, await SecondsOfAsync(radio, first), 0.01);
        await ApproveAsync(page);
        var second = await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Announcement, radio.FileOf("Tin thứ hai.mp3")));

        var programme = await JoinAsync(page, pictures, first, second.Id);
        var joined = await CheckHeardAsync(radio, page, programme);
        await pictures.TakeAsync(page, "programme");
        Assert.Equal(["opening", "bulletin", "pause", "bulletin"], joined.Parts!.Select(part => part.Kind));
        Assert.Equal(kept, joined.Parts![1].LengthSeconds, 0.01);
        Assert.Equal(2, joined.Parts![2].LengthSeconds, 0.01);
        Assert.Equal(WordsOf(second).LengthSeconds, joined.Parts![3].LengthSeconds, 0.01);
        Assert.Equal(2, await page.Locator(".parts a[href^='/bulletins/']").CountAsync());
        Assert.Empty(browser.Errors);
    }

    /// <summary>Writes a text for the area of the loudspeakers, and sees how it will be said before anything is spoken.</summary>
    private static async Task ReadAsync(IPage page, Pictures pictures)
    {
        await page.GotoAsync("/bulletins/new");
        var area = page.Locator("select[name=spoken-area]");
        await area.SelectOptionAsync((await area.Locator("option").Last.GetAttributeAsync("value"))!);
        await page.Locator("textarea[name=text]").FillAsync(Text);
        await page.Locator("button[name=show][value=reading]").ClickAsync();

        var reading = page.Locator("#reading .spoken");
        await Assertions.Expect(reading).ToContainTextAsync("bảy giờ ba mươi phút ngày hai mươi tháng mười một");
        await Assertions.Expect(reading).ToContainTextAsync("ủy ban nhân dân");
        await Assertions.Expect(reading).Not.ToContainTextAsync(NameAsSaid);
        // It may stand for other words.
        await Assertions.Expect(page.Locator("#reading li mark")).ToHaveTextAsync("ban chấp hành");
        await pictures.TakeAsync(page, "reading");
    }

    /// <summary>Says how a name is said in that area, and hears it at once.</summary>
    private static async Task ChangeDictionaryAsync(IPage page, Pictures pictures)
    {
        var area = await page.Locator("select[name=spoken-area]").InputValueAsync();
        await page.Locator("#reading a[href^='/lexicon']").ClickAsync();
        await Assertions.Expect(page.Locator("select[name=area]")).ToHaveValueAsync(area);
        await page.Locator("input[name=written]").FillAsync(Name);
        await page.Locator("input[name=spoken]").FillAsync(NameAsSaid);
        await page.Locator("form:has(input[name=written]) button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(Name);

        await page.Locator("input[name=text]").FillAsync($"Mời bà con {Name} đi họp.");
        await page.Locator("form:has(select[name=voice]) button").ClickAsync();
        await Assertions.Expect(page.Locator("#reading b")).ToHaveTextAsync(NameAsSaid);
        Assert.InRange(await HeardAsync(page), 1, 6);
        await PlaysAsync(page);
        await pictures.TakeAsync(page, "dictionary");
    }

    private static async Task<long> WriteAsync(IPage page, Pictures pictures)
    {
        // What was typed is there again, the area too.
        await page.GotoAsync("/bulletins/new");
        await Assertions.Expect(page.Locator("textarea[name=text]")).ToHaveValueAsync(Text);
        await page.Locator("button[name=show][value=reading]").ClickAsync();
        await Assertions.Expect(page.Locator("#reading .spoken")).ToContainTextAsync(NameAsSaid);

        await page.Locator("input[name=spoken-title]").FillAsync("Tin thứ nhất");
        await page.Locator("select[name=voice]").SelectOptionAsync("south-female");
        await page.Locator("select[name=spoken-opening]").SelectOptionAsync("ThreeTone");
        await pictures.TakeAsync(page, "before-speaking");
        await page.Locator("form:has(textarea) button.main").ClickAsync();
        return await IdAfterAsync(page);
    }

    /// <summary>Presses on the waveform, takes the place, and does so again for the other end.</summary>
    private static async Task TrimAsync(IPage page, Pictures pictures, double from, double to)
    {
        var length = await page.Locator("[data-wave]").EvaluateAsync<double>("card => Number(card.dataset.wave)");
        foreach (var (field, share) in new[] { ("keep-from", from), ("keep-to", to) })
        {
            var box = (await page.Locator("svg.waveform").BoundingBoxAsync())!;
            await page.Locator("svg.waveform").ClickAsync(
                new() { Position = new() { X = (float)(box.Width * share), Y = box.Height / 2 } });
            await page.Locator($"[data-take={field}]").ClickAsync();
            Assert.Equal(length * share, await ValueAsync(page, field), 0.2);
        }

        // What is cut away is shown shaded before it is cut.
        var shades = await page.Locator("svg .cut").EvaluateAllAsync<double[]>(
            "all => all.map(each => each.width.baseVal.value)");
        Assert.All(shades, width => Assert.True(width > 0));
        await pictures.TakeAsync(page, "trim");
        await page.Locator("form:has(input[name=keep-from]) button.main").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(Trimmed());
    }

    private static async Task<double> ValueAsync(IPage page, string field) =>
        double.Parse(await page.Locator($"input[name={field}]").InputValueAsync(), CultureInfo.InvariantCulture);

    private static async Task ApproveAsync(IPage page)
    {
        await page.Locator("form:has(input[name=heard]) button.main").ClickAsync();
        await Assertions.Expect(page.Locator("a[href^='/air?']")).ToBeVisibleAsync();
    }

    /// <summary>Taps bulletins in their order.</summary>
    private static async Task<long> JoinAsync(IPage page, Pictures pictures, params long[] bulletins)
    {
        await page.GotoAsync("/programmes/new");
        await page.Locator("input[name=title]").FillAsync("Chương trình sáng");
        foreach (var id in bulletins)
        {
            var row = page.Locator($"label:has(input[name='order-{id.ToString(CultureInfo.InvariantCulture)}'])");
            await row.Locator("span").First.ClickAsync();
        }

        foreach (var (index, id) in bulletins.Index())
        {
            Assert.Equal(index + 1, await ValueAsync(page, string.Create(CultureInfo.InvariantCulture, $"order-{id}")));
        }

        await pictures.TakeAsync(page, "join");
        await page.Locator("main button.main").ClickAsync();
        return await IdAfterAsync(page);
    }

    /// <summary>It plays, and what comes to the browser has the length it should have and sounds where it should sound.</summary>
    private static async Task<BulletinAnswer> CheckHeardAsync(RadioProcess radio, IPage page, long id)
    {
        var bulletin = await radio.Api.BulletinAsync(id);
        Assert.Equal(await SecondsOfAsync(radio, id), bulletin.LengthSeconds, 0.01);
        Assert.Equal(bulletin.LengthSeconds, await HeardAsync(page), 0.15);
        await PlaysAsync(page);

        var address = (await page.Locator("audio").GetAttributeAsync("src"))!;
        var answer = await page.Context.APIRequest.GetAsync(new Uri(new Uri(radio.Address), address).ToString());
        Assert.True(answer.Ok, $"{address}: {answer.Status}");
        var file = radio.FileOf("heard.mp3");
        await File.WriteAllBytesAsync(file, await answer.BodyAsync());
        var samples = await Speech.SamplesAsync(file);
        Assert.Equal(bulletin.LengthSeconds, (double)samples.Length / Recording.Rate, 0.15);
        foreach (var part in bulletin.Parts!)
        {
            // Not where parts meet: MP3 smears what begins and ends.
            var from = (int)((part.StartSeconds + 0.15) * Recording.Rate);
            var to = (int)((part.StartSeconds + part.LengthSeconds - 0.15) * Recording.Rate);
            var level = Level(samples.AsSpan(from..Math.Min(to, samples.Length)));
            var isRight = part.Kind == "pause" ? level < -55 : level > -32;
            Assert.True(isRight, $"{part.Kind} at {part.StartSeconds:F1} s has {level:F1} dB");
        }

        return bulletin;
    }

    /// <summary>Of the mean power, in dB of full scale.</summary>
    private static double Level(ReadOnlySpan<short> samples)
    {
        double power = 0;
        foreach (var sample in samples)
        {
            power += (double)sample * sample;
        }

        return 10 * Math.Log10(Math.Max(power / samples.Length, 1e-9) / (32_768.0 * 32_768));
    }

    private static Task<double> HeardAsync(IPage page) => page.Locator("audio").EvaluateAsync<double>(
        "audio => new Promise(done => { audio.onloadedmetadata = () => done(audio.duration); audio.preload = 'metadata'; audio.load(); })");

    /// <summary>The sound goes on, and the waveform follows it where there is one.</summary>
    private static async Task PlaysAsync(IPage page)
    {
        await page.Locator("audio").EvaluateAsync("audio => { audio.muted = true; audio.currentTime = 0; return audio.play(); }");
        await Poll.UntilAsync(
            "half a second is heard",
            async () => await page.Locator("audio").EvaluateAsync<double>("audio => audio.currentTime") > 0.5);
        if (await page.Locator("svg.waveform").CountAsync() > 0)
        {
            await Assertions.Expect(page.Locator("svg.waveform line:not([hidden])")).ToHaveCountAsync(1);
        }

        await page.Locator("audio").EvaluateAsync("audio => audio.pause()");
    }

    private static PartAnswer WordsOf(BulletinAnswer bulletin) => bulletin.Parts!.Single(part => part.Kind == "words");

    private static async Task<double> SecondsOfAsync(RadioProcess radio, long bulletin) =>
        ((await radio.Api.SoundAsync(bulletin)).Length - 44) / 32_000.0;

    private static async Task<long> IdAfterAsync(IPage page)
    {
        await ChromiumBrowser.ArrivesAtAsync(page, BulletinAddress());
        return long.Parse(BulletinAddress().Match(page.Url).Groups["id"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("/bulletins/(?<id>[0-9]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BulletinAddress();

    [GeneratedRegex("Đã cắt|Trimmed", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trimmed();
}
