using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Text;

/// <summary>A flood of language choices from one place is refused, and keeps nobody from signing in.</summary>
public sealed class LanguagePaceTests
{
    [Fact]
    public async Task Choices_beyond_the_pace_are_refused()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        await browser.OpenAsync("/sign-in");
        var token = browser.TokenOfPage;
        var seen = new List<HttpStatusCode>();
        for (var i = 0; i < 260 && !seen.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            using var form = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("language", "vi"), KeyValuePair.Create("back", "/health/live"),
                KeyValuePair.Create("__RequestVerificationToken", token),
            ]);
            await browser.SendAsync("/language", form);
            seen.Add(browser.Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, seen[^1]);
        Assert.True(seen.Count > 120, $"{seen.Count}");
        await browser.OpenAsync("/sign-in");
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal("/", browser.Path);
    }
}
