using System.Text;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.Releases;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Releases;

/// <summary>A controller with nodes that say what the tests let them say.</summary>
internal sealed class RolloutBench : IAsyncDisposable
{
    private readonly TestController _controller;

    private RolloutBench(TestController controller, IReadOnlyList<EnrolledNode> nodes)
    {
        _controller = controller;
        Nodes = nodes;
    }

    public static byte[] Program { get; } = Encoding.ASCII.GetBytes("NFMRK1 a program");

    public TestController Controller => _controller;

    public IReadOnlyList<EnrolledNode> Nodes { get; }

    public RolloutRunner Runner => _controller.Get<RolloutRunner>();

    public static async Task<RolloutBench> StartAsync(int nodes, params (string Key, string Value)[] settings)
    {
        var controller = await TestController.StartAsync(settings: settings);
        var area = await controller.AddAreaAsync("1");
        var enrolled = new List<EnrolledNode>();
        for (var i = 0; i < nodes; i++)
        {
            enrolled.Add(await controller.AddNodeAsync(area, $"Loa {i:00}"));
        }

        var bench = new RolloutBench(controller, [.. enrolled.OrderBy(node => node.Node.Id, StringComparer.Ordinal)]);
        foreach (var node in bench.Nodes)
        {
            bench.Runs(node, "1.0");
        }

        return bench;
    }

    public Task<Release> AddAsync(string version, byte[]? content = null, string notes = "") =>
        _controller.Get<AddRelease>()
            .HandleAsync(
                new ReleaseRequest(version, notes, "app.pe", new MemoryStream(content ?? Program)),
                TestController.Officer, CancellationToken.None);

    public async Task<long> BeginAsync(Release release, params EnrolledNode[] first) =>
        (await _controller.Get<StartRollout>()
            .HandleAsync(release.Id, [.. first.Select(node => node.Node.Id)], TestController.Officer, CancellationToken.None)).Id;

    /// <summary>The node runs a version and is content.</summary>
    public void Runs(EnrolledNode node, string version)
    {
        var now = _controller.Time.GetUtcNow();
        Board.Heard(node.Node.Id, new Hello { Firmware = version, Hardware = "bench", Codecs = 14 }, now);
        Board.Heard(node.Node.Id, new Health(), now);
    }

    public void Says(EnrolledNode node, UpdateState state, string version) =>
        Board.Heard(node.Node.Id, new Health { Update = state, UpdateVersion = version }, _controller.Time.GetUtcNow());

    public void Leaves(EnrolledNode node) => Board.Present(node.Node.Id, online: false, _controller.Time.GetUtcNow());

    /// <summary>Time goes on and the runner looks.</summary>
    public Task LookAsync(double minutes = 0)
    {
        _controller.Time.Advance(TimeSpan.FromMinutes(minutes));
        return Runner.LookAsync(CancellationToken.None);
    }

    /// <summary>The nodes that were told to update since the last call.</summary>
    public IReadOnlyList<string> Told() => [.. _controller.Bus.TakePublished()
        .Where(message => Envelope.Parse(message.Payload) is { Type: (byte)CommandType.Update })
        .Select(message => Topics.NodeOf(message.Topic))
        .Order(StringComparer.Ordinal)];

    public async Task<RolloutRow> RowAsync(long id) =>
        (await _controller.Get<ReleaseQuery>().FindAsync(id, new RolloutNodeFilter(), 100, CancellationToken.None))!;

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    private NodeStatusCache Board => _controller.Get<NodeStatusCache>();
}
