using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Clock;
using SmartRadio.Controller.Storage;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Hosting;

namespace SmartRadio.Web.Tests.Setting;

/// <summary>The whole program on free ports of the loopback, with data in a temporary folder.</summary>
public sealed class RadioHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-web-test-").FullName;
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);
    private WebApplication? _app;

    public RadioHost()
        : this([])
    {
    }

    internal RadioHost(params (string Key, string Value)[] settings)
    {
        _settings["SmartRadio:Data"] = Data;
        _settings["SmartRadio:Port"] = "0";
        _settings["SmartRadio:Mqtt:Port"] = "0";
        _settings["SmartRadio:BootstrapKey"] = KeyFile;
        _settings["Logging:LogLevel:Default"] = "None";
        _settings["Logging:LogLevel:Microsoft"] = "None";
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }
    }

    public string Data => Path.Combine(_folder, "data");

    public string KeyFile => Path.Combine(_folder, "key");

    public Uri Address => new(_app!.Urls.First());

    /// <summary>The TLS port, when one is set.</summary>
    public Uri TlsAddress => new(_app!.Urls.First(url => url.StartsWith("https:", StringComparison.Ordinal)));

    /// <summary>Gets all that is logged; set it before the start.</summary>
    internal ILoggerProvider? Logs { get; set; }

    /// <summary>The clock of the machine on which it runs.</summary>
    public ShiftedTime Machine { get; } = new();

    /// <summary>Whether the printed password is still to be changed at the first sign-in; it was, unless a test says so.
    /// </summary>
    internal bool HasPrintedPassword { get; set; }

    public IServiceProvider Services => _app!.Services;

    /// <summary>The first administrator's user name; kept over a new start.</summary>
    public string AdminName { get; private set; } = string.Empty;

    /// <summary>The first administrator's password.</summary>
    public string Password => FirstPassword!;

    /// <summary>The same, or null when this start made no administrator.</summary>
    public string? FirstPassword => Services.GetRequiredService<Greeting>().First?.Password;

    public async ValueTask InitializeAsync()
    {
        _app = RadioProgram.Build(_settings, Machine);
        if (Logs is not null)
        {
            Services.GetRequiredService<ILoggerFactory>().AddProvider(Logs);
        }

        await _app.PrepareAsync();
        AdminName = Services.GetRequiredService<Greeting>().First?.UserName ?? AdminName;
        if (!HasPrintedPassword)
        {
            await using var db = await Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
            await db.UserClaims.ExecuteDeleteAsync();
        }

        await _app.StartAsync();
    }

    /// <summary>Stops the program and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        await InitializeAsync();
    }

    /// <summary>The machine's clock goes on by so much, and everybody knows that it is right.</summary>
    public Task PassAsync(TimeSpan time)
    {
        Machine.Shift += time;
        return Services.GetRequiredService<ConfirmClock>().HandleAsync(Actor.Program, CancellationToken.None);
    }

    /// <summary>Stops the program; the data stay.</summary>
    public Task StopAsync() => EndAsync();

    /// <summary>A caller without a key.</summary>
    public HttpClient Stranger(string language = "en")
    {
        var patient = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
        };
        var client = new HttpClient(patient) { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    /// <summary>A program with the administrator's key.</summary>
    public HttpClient Program(string language = "en")
    {
        var client = Stranger(language);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(KeyFile).Trim());
        return client;
    }

    /// <summary>A browser with cookies that follows redirects; not signed in.</summary>
    /// <param name="from">This machine's address that it connects from; null = whichever.</param>
    public Browser Browser(IPAddress? from = null)
    {
        var cookies = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        if (from is not null)
        {
            cookies.ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        return new Browser(new HttpClient(cookies) { BaseAddress = Address });
    }

    public async Task<Browser> SignedInAsync(string language = "en")
    {
        var browser = Browser();
        await browser.OpenAsync("/sign-in");
        if (language != "vi")
        {
            await browser.SendAsync("/language", ("language", language), ("back", "/sign-in"));
        }

        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", AdminName), ("password", Password));
        return browser;
    }

    /// <summary>What the system holds: number of rows in all tables that people's requests fill, and all sound files.</summary>
    public async Task<string> StateAsync()
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        var files = Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories)
            .Where(file => file.Contains("/bulletins/", StringComparison.Ordinal)
                || file.Contains("/objects/", StringComparison.Ordinal) || file.Contains("/incoming/", StringComparison.Ordinal));
        return string.Join(
            ' ',
            await db.Bulletins.CountAsync(), await db.Objects.CountAsync(), await db.Broadcasts.CountAsync(),
            await db.Schedules.CountAsync(),
            await db.Areas.CountAsync(), await db.Nodes.CountAsync(), await db.ApiKeys.CountAsync(), await db.Users.CountAsync(),
            await db.Audit.CountAsync(entry => !entry.Action.EndsWith("refuse")), string.Join(',', files.Order(StringComparer.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EndAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _app = null;
        }
    }
}
