using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Bulletins;

/// <summary>A voice that is a service, and what people and logs learn when it does not speak.</summary>
public sealed class VoiceServiceTests
{
    [Fact]
    public async Task Page_tells_who_spoke_in_place_of_a_service_and_no_log_quotes_it()
    {
        await using var service = await ServiceAsync("Hết tiền: 12.345 đ");
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, "tuyet-mat", TestContext.Current.CancellationToken);
        using var logs = new AllLogs();
        await using var radio = new RadioHost(
            ("Voices:Services:0:Id", "loa"),
            ("Voices:Services:0:Name", "Giọng thuê"),
            ("Voices:Services:0:Address", service.Urls.First() + "/say?t={text}"),
            ("Voices:Services:0:SecretFile", secret),
            ("Voices:Services:0:RetryAfter", "00:00:00"),
            ("Voices:Fallback", "south"),
            ("Logging:LogLevel:Default", "Trace"),
            ("Logging:LogLevel:Microsoft", "Warning"),
            ("Logging:Console:LogLevel:Default", "None"),
            ("Logging:Console:LogLevel:Microsoft", "None"))
        {
            Logs = logs,
        };
        await radio.InitializeAsync();
        using var client = radio.Program();

        var made = await (await client.PostAsync(
            "/api/v1/bulletins", new { title = "Tin", text = "Mời bà con đi họp.", voice = "loa" })).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(
            ("south", "loa"), (made.GetProperty("voice").GetString(), made.GetProperty("askedVoice").GetString()));
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync($"/bulletins/{made.GetProperty("id").GetInt64()}");
        Assert.Contains(
            "“Giọng thuê” không trả lời, nên “Giọng nam miền Nam” đã đọc thay.", WebUtility.HtmlDecode(browser.Page),
            StringComparison.Ordinal);
        Assert.Contains(logs.Lines, line => line.Contains("Voice loa failed", StringComparison.Ordinal));
        foreach (var word in new[] { "12.345", "tuyet-mat", service.Urls.First()["http://".Length..] })
        {
            Assert.DoesNotContain(logs.Lines, line => line.Contains(word, StringComparison.Ordinal));
        }

        File.Delete(secret);
    }

    private static async Task<WebApplication> ServiceAsync(string complaint)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.StatusCode = StatusCodes.Status402PaymentRequired;
            await context.Response.WriteAsync(complaint);
        });
        await app.StartAsync();
        return app;
    }
}
