using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using SmartRadio.Controller.Storage;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Controller;

/// <summary>
/// Where the controller lives: what outlasts its runs, which is the database, the sounds and its place at the broker.
/// </summary>
internal sealed class Headquarters : IEndpoint, IDisposable
{
    private readonly Agenda _agenda;
    private readonly Broker _broker;
    private readonly SqliteConnection _keepsMemory;
    private readonly string _database;
    private readonly IConfiguration _configuration;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-simulation-");
    private SimulatedController? _run;

    public Headquarters(Agenda agenda, Broker broker)
    {
        _agenda = agenda;
        _broker = broker;
        Line = new Line(agenda, this) { Weather = Weather.Calm };
        // SQLite's own memory file system: connections share it as they would a file, without the locks of a shared cache.
        _database = $"Data Source=file:/{Guid.NewGuid():N}?vfs=memdb;Default Timeout=1";
        _keepsMemory = new SqliteConnection(_database);
        _keepsMemory.Open();
        EmptyDatabase.CopyTo(_keepsMemory);
        _configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        Facts = new Facts(ReadFact);
    }

    public Facts Facts { get; }

    /// <summary>Told when the controller died in the middle of its work.</summary>
    public Action Killed { get; set; } = () => { };

    public Dictionary<string, Sound> Sounds { get; } = new(StringComparer.Ordinal);

    /// <summary>The controller, when it runs.</summary>
    public SimulatedController? Run => _run is { IsDead: false } ? _run : null;

    /// <summary>Its way to the broker; down whenever it does not run.</summary>
    public Line Line { get; }

    public string ObjectsFolder => Directory.CreateDirectory(Path.Combine(_folder.FullName, "objects")).FullName;

    // Watching less often than a real controller does makes weeks cheap and changes nothing but how late it notices.
    private Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["SmartRadio:Data"] = _folder.FullName,
        ["SmartRadio:PlanAhead"] = "1.12:00:00",
        ["SmartRadio:Watch:Ends"] = "00:04:00",
        ["SmartRadio:Watch:Starts"] = "00:04:00",
        ["SmartRadio:Watch:Fleet"] = "06:00:00",
        ["SmartRadio:Watch:Night"] = "00:10:00",
        ["SmartRadio:Watch:Receipts"] = "00:00:10",
        ["SmartRadio:Watch:Silence"] = "01:05:00",
    };

    public RadioDb Open() => new(new DbContextOptionsBuilder<RadioDb>().UseSqlite(_database).Options);

    public void Start()
    {
        if (Run is not null)
        {
            return;
        }

        _broker.Connect(Line);
        _run = new SimulatedController(_agenda, _broker, Line, Facts, _configuration, _database, DieHere);
        _run.Start();
    }

    /// <summary>kill -9: whatever it was doing is left as it is.</summary>
    public void Kill()
    {
        _run?.End();
        Line.Drop();
    }

    public void CutOff() => Line.Drop();

    public void Reconnect()
    {
        if (Run is { } run && !Line.IsUp)
        {
            _broker.Connect(Line);
            run.Bus.Reconnected();
        }
    }

    public void Receive(string topic, byte[] payload, bool retained) => Run?.Bus.Arrive(topic, payload, retained);

    public void Dispose()
    {
        _run?.End();
        SqliteConnection.ClearPool(_keepsMemory);
        _keepsMemory.Dispose();
        _folder.Delete(recursive: true);
    }

    private void DieHere()
    {
        Line.Drop();
        Killed();
    }

    private BroadcastFact? ReadFact(long id)
    {
        using var db = Open();
        if (db.Broadcasts.AsNoTracking().Include(b => b.Targets).SingleOrDefault(b => b.Id == id) is not { } made)
        {
            return null;
        }

        var sounds = made.Targets.Where(target => target.ObjectId is not null)
            .ToDictionary(target => target.NodeId, target => Sounds[target.ObjectId!], StringComparer.Ordinal);
        return new BroadcastFact(
            id, made.Class, made.Start.ToUnixTimeMilliseconds(), made.LatestStart.ToUnixTimeMilliseconds(), sounds);
    }
}
