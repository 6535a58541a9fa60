using System.Diagnostics;
using System.Net;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.SignIn;

/// <summary>The door tells nobody which accounts there are.</summary>
public sealed class PersonSignInTests
{
    /// <summary>From a letter of ASCII to its form of full width, U+FF01 and after.</summary>
    private const int FullWidth = 0xFEE0;

    [Fact]
    public async Task Unknown_and_disabled_names_answer_alike_and_take_as_long()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        var off = await radio.AddAccountAsync(Role.Editor, area: null);
        using var program = radio.Program();
        var person = (await (await program.FetchAsync("/api/v1/people")).JsonAsync()).EnumerateArray()
            .Single(each => each.GetProperty("userName").GetString() == off.Name).GetProperty("id").GetString();
        using var disabled = await program.PostAsync($"/api/v1/people/{person}/disable", new { });
        await TryAsync(radio, radio.AdminName, "wrong");

        var (known, unknown, outside) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < 3; i++)
        {
            known.Add(await TryAsync(radio, radio.AdminName, "wrong"));
            unknown.Add(await TryAsync(radio, "nobody", "wrong"));
            outside.Add(await TryAsync(radio, off.Name, Account.Password));
        }

        // Hashing takes most of it; without it the answer comes in a tenth of the time.
        Assert.True(unknown.Min() > known.Min() / 3, $"{unknown.Min()} ms, {known.Min()} ms");
        Assert.True(outside.Min() > known.Min() / 3, $"{outside.Min()} ms, {known.Min()} ms");
    }

    [Theory]
    [InlineData("capitals")]
    [InlineData("spaces")]
    [InlineData("wide")]
    public async Task Name_is_compared_in_one_form(string spelling)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        var name = spelling switch
        {
            "capitals" => radio.AdminName.ToUpperInvariant(),
            "spaces" => $" {radio.AdminName} ",
            _ => string.Concat(radio.AdminName.Select(each => (char)(each + FullWidth))),
        };
        using var browser = radio.Browser();
        await browser.OpenAsync("/sign-in");
        for (var i = 0; i < 4; i++)
        {
            await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", "wrong"));
        }

        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", name), ("password", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", name), ("password", "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);

        using var owner = radio.Browser(from: IPAddress.Parse("127.0.0.2"));
        await owner.OpenAsync("/sign-in");
        await owner.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", name), ("password", radio.Password));
        Assert.Equal("/", owner.Path);
    }

    [Fact]
    public async Task Owner_is_not_kept_out_by_a_guesser_at_the_same_address()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var owner = await radio.SignedInAsync();
        await owner.OpenAsync("/more");
        await owner.SendAsync("/sign-out");
        using var guesser = radio.Browser();
        await guesser.OpenAsync("/sign-in");
        for (var i = 0; i < 25; i++)
        {
            await guesser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", "wrong"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, guesser.Status);

        await owner.OpenAsync("/sign-in");
        await owner.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));

        Assert.Equal("/", owner.Path);
    }

    private static async Task<double> TryAsync(RadioHost radio, string name, string password)
    {
        using var browser = radio.Browser();
        await browser.OpenAsync("/sign-in");
        var since = Stopwatch.GetTimestamp();
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", name), ("password", password));
        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
        Assert.Contains("không đúng", browser.Refusal(), StringComparison.Ordinal);
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }
}
