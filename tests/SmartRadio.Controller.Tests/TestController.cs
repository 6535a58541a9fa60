using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests;

/// <summary>
/// A controller on a database of its own in a temporary folder, with a clock that tests set and a bus that they read.
/// </summary>
public sealed class TestController : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IHostedService> _running = [];
    private readonly (string Key, string Value)[] _settings;
    private bool _ended;

    private TestController(ServiceProvider services, SettableTime time, string folder, (string Key, string Value)[] settings)
    {
        _services = services;
        Time = time;
        Folder = folder;
        _settings = settings;
    }

    /// <summary>Makes an API key that carries roles of a person for a month.</summary>
    public Task<NewApiKey> CreateKeyAsync(Actor actor, string name = "Máy", long? area = null, params Role[] roles) =>
        Get<CreateApiKey>().HandleAsync(
            new CreateApiKeyRequest(name, roles.Length == 0 ? [Role.Monitor] : roles, area, Time.GetUtcNow().AddDays(30)),
            actor, CancellationToken.None);

    public static Actor Officer { get; } = new("officer", "Cán bộ");

    public string Folder { get; }

    /// <summary>The clock of the machine on which it runs.</summary>
    public SettableTime Time { get; }

    public RecordingBus Bus => (RecordingBus)Get<IMessageBus>();

    /// <param name="now">What the clock shows; 08:00 of a working day in Viet Nam unless said otherwise.</param>
    /// <param name="settings">Pairs of configuration key and value, below "SmartRadio:" unless the key begins with
    /// "Audio:".</param>
    public static async Task<TestController> StartAsync(DateTimeOffset? now = null, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-test-").FullName;
        var controller = await StartAsync(
            folder, now ?? new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7)), settings);
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = Officer.PersonId!, UserName = "officer", DisplayName = Officer.Name });
        db.Roles.AddRange(Enum.GetValues<Role>().Select(role => new RoleGrant { PersonId = Officer.PersonId!, Role = role }));
        await db.SaveChangesAsync();
        return controller;
    }

    /// <summary>Ends this one and starts another on the same folder, as after a stop of that length.</summary>
    public async Task<TestController> RestartAsync(TimeSpan later)
    {
        var now = Time.GetUtcNow() + later;
        await EndAsync();
        return await StartAsync(Folder, now, _settings);
    }

    private static async Task<TestController> StartAsync(string folder, DateTimeOffset now, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("SmartRadio:Data", folder)])
            .AddInMemoryCollection(settings.ToDictionary(
                pair => pair.Key.StartsWith("Audio:", StringComparison.Ordinal) ? pair.Key : "SmartRadio:" + pair.Key,
                pair => (string?)pair.Value))
            .Build();
        var time = new SettableTime(now);
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(time);
        services.AddDataProtection();
        services.AddRadioController(configuration);
        services.AddSingleton<IMessageBus, RecordingBus>();
        var controller = new TestController(services.BuildServiceProvider(), time, folder, settings);
        await controller.Get<RadioDbStartup>().MigrateAsync(CancellationToken.None);
        await controller.Get<CommandCounter>().BeginRunAsync(CancellationToken.None);
        await controller.RunAsync<StopRecorder>();
        return controller;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<RadioDb> OpenAsync() => Get<IDbContextFactory<RadioDb>>().CreateDbContextAsync();

    /// <summary>Starts one of the background services.</summary>
    public async Task RunAsync<T>()
        where T : IHostedService
    {
        var service = Get<T>();
        await service.StartAsync(_stop.Token);
        _running.Add(service);
    }

    public async Task<Area> AddAreaAsync(string code, Area? parent = null, QuietHours? quiet = null)
    {
        await using var db = await OpenAsync();
        var area = new Area { Code = code, Name = "Xã " + code, Level = "Xã", ParentId = parent?.Id, QuietHours = quiet };
        db.Areas.Add(area);
        await db.SaveChangesAsync();
        return area;
    }

    /// <summary>An approved bulletin of noise, with its object on disk.</summary>
    public async Task<Bulletin> AddBulletinAsync(TimeSpan length, bool approved = true)
    {
        await using var db = await OpenAsync();
        var bulletin = new Bulletin
        {
            Title = "Bản tin",
            Length = length,
            Peaks = [],
            Hash = string.Empty,
            CreatedById = Officer.PersonId!,
            CreatedAt = Time.GetUtcNow(),
            ApprovedAt = approved ? Time.GetUtcNow() : null,
        };
        db.Bulletins.Add(bulletin);
        await db.SaveChangesAsync();
        var sound = RandomNumberGenerator.GetBytes((int)(length.TotalSeconds * 8000));
        using var file = Get<ObjectStorage>().Begin();
        await file.Content.WriteAsync(sound);
        var written = file.Keep();
        db.Objects.Add(
            new SoundObject
            {
                Id = written.Id,
                BulletinId = bulletin.Id,
                Codec = CodecId.ULaw8,
                Bytes = written.Bytes,
                Samples = written.Bytes
            });
        await db.SaveChangesAsync();
        return bulletin;
    }

    public Task<EnrolledNode> AddNodeAsync(Area area, string name = "Cụm loa") =>
        Get<EnrolNode>().HandleAsync(new EnrolNodeRequest(name, area.Id), Officer, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await EndAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task EndAsync()
    {
        _ended = true;
        await _stop.CancelAsync();
        foreach (var service in _running)
        {
            await service.StopAsync(CancellationToken.None);
        }

        foreach (var scheduler in await Get<ISchedulerFactory>().GetAllSchedulers())
        {
            await scheduler.Shutdown(waitForJobsToComplete: true);
        }

        await _services.DisposeAsync();
        _stop.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
