using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Delivery;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Metrics;

public sealed partial class MetricsTests
{
    [Fact]
    public async Task Figures_of_every_meter_are_read_on_this_machine_without_a_key()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var stranger = radio.Stranger();
        await stranger.FetchAsync("/health/ready");
        radio.Services.GetRequiredService<DeliveryMeters>().ChunkSent();
        // Any meter of the program is taken by its name; this one no other test counts on.
        using var meter = new Meter("SmartRadio.Trial");
        var trials = meter.CreateCounter<long>("trials", "{trial}");
        trials.Add(2);

        var text = await ScrapeAsync(stranger, text =>
            Samples(text, "quartz_job_execution_duration_seconds_count").Any() && Samples(text, "trials_total").Any());

        Assert.Equal(2, Assert.Single(Samples(text, "trials_total")));
        Assert.True(Samples(text, "smartradio_object_chunks_total").Single() >= 1, text);
        Assert.NotEmpty(Samples(text, "http_server_request_duration_seconds_count"));
        Assert.True(Samples(text, "dotnet_process_memory_working_set_bytes").Single() > 1_000_000, text);
        Assert.Contains("le=\"0.005\"", Line(text, "quartz_job_execution_duration_seconds_bucket"), StringComparison.Ordinal);
        Assert.NotEmpty(Samples(text, "microsoft_entityframeworkcore_queries_total"));
    }

    [Fact]
    public async Task Labels_hold_no_name_of_a_node_and_no_secret()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var program = radio.Program();
        var node = await program.NodeAsync(await program.AreaAsync());
        await program.ApprovedBulletinAsync();
        radio.Services.GetRequiredService<RejectedLedger>()
            .Count(node, RejectedBy.Controller, RejectedReason.Malformed, DateTimeOffset.UtcNow);
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync($"/nodes/{node}");
        await browser.OpenAsync("/no/such/page");
        using var stranger = radio.Stranger();

        var text = await ScrapeAsync(stranger, text => text.Contains("nodes/{", StringComparison.Ordinal)
            && text.Contains("smartradio_rejections_total{", StringComparison.Ordinal)
            && text.Contains("quartz_job_name", StringComparison.Ordinal));

        string[] hidden = [node, "Loa thử", "Tin thử", radio.Password,
            (await File.ReadAllTextAsync(radio.KeyFile)).Trim(), radio.Data, radio.AdminName];
        Assert.All(hidden, word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("quartz_trigger_name", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Components.Lifecycle", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_from_elsewhere_need_a_key()
    {
        var address = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(face => face.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        Assert.SkipWhen(address is null, "This machine has no address but the loopback's.");
        await using var radio = new RadioHost(("SmartRadio:Listen", "0.0.0.0"));
        await radio.InitializeAsync();
        var metrics = new UriBuilder("http", address.ToString(), radio.Address.Port, "metrics").Uri;
        using var stranger = radio.Stranger();
        using var program = radio.Program();
        using var impostor = radio.Stranger();
        impostor.DefaultRequestHeaders.Add("X-Api-Key", "sr_no-such-key");

        await (await stranger.GetAsync(metrics)).ProblemAsync(HttpStatusCode.Unauthorized, "KeyNeeded");
        await (await impostor.GetAsync(metrics)).ProblemAsync(HttpStatusCode.Unauthorized, "KeyNeeded");
        Assert.Contains("http_server_active_requests", await program.GetStringAsync(metrics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_through_a_proxy_on_this_machine_need_a_key()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var stranger = radio.Stranger();
        using var program = radio.Program();
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        program.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.5");

        await (await stranger.FetchAsync("/metrics")).ProblemAsync(HttpStatusCode.Unauthorized, "KeyNeeded");
        Assert.Equal(HttpStatusCode.OK, (await program.FetchAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task A_setting_asks_for_the_key_on_this_machine_too()
    {
        await using var radio = new RadioHost(("SmartRadio:Metrics:Local", "false"));
        await radio.InitializeAsync();
        using var stranger = radio.Stranger();
        using var program = radio.Program();

        await (await stranger.FetchAsync("/metrics")).ProblemAsync(HttpStatusCode.Unauthorized, "KeyNeeded");
        Assert.Equal(HttpStatusCode.OK, (await program.FetchAsync("/metrics")).StatusCode);
    }

    private static Task<string> ScrapeAsync(HttpClient client, Predicate<string> complete) =>
        Poll.UntilAsync("the figures are there", () => client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), complete);

    private static string Line(string text, string name) =>
        text.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Values of all samples of that name.</summary>
    private static IEnumerable<double> Samples(string text, string name) => Sample().Matches(text)
        .Where(sample => sample.Groups["name"].Value == name)
        .Select(sample => double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("^(?<name>[a-z_]+)({[^\n]*})? (?<value>[0-9.eE+-]+)", RegexOptions.Multiline
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();
}
