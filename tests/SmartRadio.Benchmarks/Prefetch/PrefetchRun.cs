using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Controller;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery;
using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Simulation.Controller;
using SmartRadio.Simulation.World;
using Settings = Microsoft.Extensions.Options.Options;

namespace SmartRadio.Benchmarks.Prefetch;

/// <summary>
/// One object on its way to many nodes: the controller's real distributor, the nodes' real fetching, one virtual clock, one
/// thread.
/// </summary>
internal sealed class PrefetchRun : IMessageBus, IDisposable
{
    private static readonly TimeSpan PlansArriveWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NeededAfter = TimeSpan.FromHours(4);

    private static readonly MethodInfo Execute = typeof(BackgroundService).GetMethod(
        "ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly Agenda _agenda = new(1767225600000000);
    private readonly OneThread _thread = new();
    private readonly Dictionary<string, PrefetchNode> _byName;
    private readonly ObjectDistributor _distributor;
    private readonly SqliteConnection _database = new("Data Source=:memory:");
    private readonly byte[] _objectId;
    private readonly int _bytes;

    private PrefetchRun(RadioOptions options, byte[] sound, int nodes, double loss, int seed)
    {
        var layout = new ObjectLayout(sound.Length);
        var manifest = Enumerable.Range(0, layout.Pieces)
            .SelectMany(
                piece =>
                    ObjectHash.Digest(
                        sound.AsSpan(piece * ObjectLayout.PieceLength, layout.ChunkLength(layout.ManifestChunks + piece))
                            .ToArray()))
            .ToArray();
        _objectId = ObjectHash.Digest(manifest);
        _bytes = sound.Length;
        var files = new ObjectStorage(new DataFolder(Settings.Create(options)));
        File.WriteAllBytes(files.PathOf(Hex.Encode(_objectId)), sound);
        _database.Open();
        EmptyDatabase.CopyTo(_database);
        var databases = new PooledDbContextFactory<RadioDb>(new DbContextOptionsBuilder<RadioDb>().UseSqlite(_database).Options);
        var time = new VirtualTime(_agenda, _thread);
        var data = new DataLedger(databases, new LocalTime(Settings.Create(options), time));
        var hearers = new ObjectHearers(
            databases, new NodeStatusCache(databases, new ChangeFeed()), time, NullLogger<ObjectHearers>.Instance);
        var meters = new DeliveryMeters(
            new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        _distributor = new ObjectDistributor(
            this, files, meters, hearers, data, Settings.Create(new DeliveryOptions()), time,
            NullLogger<ObjectDistributor>.Instance);
        byte[] content = [.. manifest, .. sound];
        Nodes = [.. Enumerable.Range(0, nodes)
            .Select(number => new PrefetchNode(_agenda, content, loss, Chance.For(seed, $"node {number}"), Asked))];
        _byName = Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        PlanFor(databases);
    }

    public bool IsConnected => true;

    public IReadOnlyList<PrefetchNode> Nodes { get; }

    /// <summary>Fetches a sound of random bytes on every node.</summary>
    /// <returns>The run, and for each node that got it the seconds from the first plan to its complete object.</returns>
    public static (PrefetchRun Run, List<double> Complete) Live(int bytes, int nodes, double loss, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-prefetch-");
        try
        {
            var run = new PrefetchRun(
                new RadioOptions { Data = folder.FullName }, Chance.For(seed, "sound").Bytes(bytes), nodes, loss, seed);
            return (run, run.Live(Chance.For(seed, "plans")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public bool TryPublish(string topic, ReadOnlyMemory<byte> payload, bool reliable)
    {
        var message = payload.ToArray();
        if (Topics.NodeOf(topic) is { } name)
        {
            _byName[name].Carry(topic, message);
            return true;
        }

        foreach (var node in Nodes)
        {
            node.Carry(topic, message);
        }

        return true;
    }

    public IAsyncEnumerable<BusMessage> ReadAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SubscribeAsync(string filter, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
        _distributor.Dispose();
        _database.Dispose();
    }

    /// <summary>Writes down that all nodes are to play it, or their requests would not be answered.</summary>
    private void PlanFor(PooledDbContextFactory<RadioDb> databases)
    {
        using var db = databases.CreateDbContext();
        db.Database.ExecuteSqlRaw("PRAGMA foreign_keys = 0");
        var broadcast = new Broadcast { Id = 1, Class = BroadcastClass.Normal, Audience = new Audience([], []) };
        foreach (var node in Nodes)
        {
            broadcast.Targets.Add(new Target { NodeId = node.Name, ObjectId = Hex.Encode(_objectId) });
        }

        db.Broadcasts.Add(broadcast);
        db.SaveChanges();
    }

    private List<double> Live(Chance chance)
    {
        // Not StartAsync: since .NET 10 that begins on a thread of the pool.
        _thread.Run(() => Execute.Invoke(_distributor, [CancellationToken.None]));
        var begin = _agenda.Now;
        var start = _agenda.Milliseconds + NeededAfter.Milliseconds();
        foreach (var node in Nodes)
        {
            var entry = new PlanEntry
            {
                Broadcast = 1,
                ObjectId = _objectId,
                Codec = CodecId.ULaw8,
                Start = start,
                LatestStart = start + 60_000,
                ObjectBytes = _bytes
            };
            _agenda.After(chance.Between(TimeSpan.Zero, PlansArriveWithin), () => node.Plan(entry));
        }

        var end = begin + NeededAfter.Microseconds();
        var left = Nodes.Count;
        while (left > 0 && _agenda.Step(end))
        {
            // Looked at now and then: this is only about when to stop.
            left = _agenda.Steps % 1000 == 0 ? Nodes.Count(node => node.CompleteAt is null) : left;
        }

        // What is still on its way reaches the nodes, and counts.
        var rest = _agenda.Now + TimeSpan.FromMinutes(1).Microseconds();
        while (_agenda.Step(rest))
        {
        }

        return [.. Nodes.Where(node => node.CompleteAt is not null).Select(node => (node.CompleteAt!.Value - begin) / 1e6)];
    }

    private void Asked(string node, Envelope envelope) =>
        _thread.Run(() => _distributor.Want(node, ChunkRequest.Read(envelope.Body)));
}
