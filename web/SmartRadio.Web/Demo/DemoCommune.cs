using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.People;

namespace SmartRadio.Web.Demo;

/// <summary>Sets up the demo commune once, through the same commands people use.</summary>
internal sealed class DemoCommune(
    DemoFiles files,
    AreaQuery trees,
    AddArea addArea,
    SetAreaRules setRules,
    EnrolNode enrolNode,
    DemoBulletin bulletin,
    PeopleQuery people,
    IOptions<MqttOptions> options)
{
    private const string Province = "Minh Họa";

    private static readonly string[] Hamlets = ["Đông", "Đoài", "Thượng", "Hạ"];

    /// <summary>Makes the commune when it is not there yet.</summary>
    /// <param name="count">Number of virtual nodes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What a newcomer can do next, for the console.</returns>
    public async Task<string> EnsureAsync(int count, CancellationToken cancellationToken)
    {
        var nodes = await files.ReadAsync(cancellationToken);
        if (nodes is null)
        {
            // The demo acts as the first administrator, so that what it makes has an author like everything else.
            var person = (await people.ListAsync(cancellationToken))[0];
            var actor = new Actor(person.Id, $"{person.DisplayName} (demo)");
            nodes = new DemoFleetFile(Broker(), await EnrolAsync(count, actor, cancellationToken));
            await bulletin.SpeakAsync(actor, cancellationToken);
            // Last: while the file is missing the demo is not complete.
            await files.WriteAsync(nodes, cancellationToken);
        }
        else if (nodes.Broker != Broker())
        {
            await files.WriteAsync(nodes with { Broker = Broker() }, cancellationToken);
        }

        return $"""
              Xã thử nghiệm / demo commune: {nodes.Nodes.Count} cụm loa ảo / virtual nodes.
              Đăng nhập, chọn “Phát ngay”, bản tin “{DemoBulletin.Title}”, “Xã Thử Nghiệm”. / Sign in, choose "Go on air", that bulletin and that commune.
              Nghe kết quả trong / hear the result in {files.Folder}/*.wav
            """;
    }

    private DemoBroker Broker() => new(options.Value.Host ?? options.Value.Listen, options.Value.Port);

    private async Task<List<DemoNode>> EnrolAsync(int count, Actor actor, CancellationToken cancellationToken)
    {
        var suffix = Random.Shared.Next(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
        // What a start left half done stays, and is told apart from this.
        var isSecond = (await trees.LoadAsync(cancellationToken)).Roots.Any(area => area.Name == Province);
        var province = await addArea.HandleAsync(
            new AddAreaRequest(null, $"demo-{suffix}", isSecond ? $"{Province} {suffix}" : Province, "Tỉnh"), actor,
            cancellationToken);
        // Somebody tries this in the evening too.
        await setRules.HandleAsync(new SetAreaRulesRequest(province.Id, QuietHours.None, null), actor, cancellationToken);
        var commune = await addArea.HandleAsync(
            new AddAreaRequest(province.Id, $"demo-{suffix}.1", "Thử Nghiệm", "Xã"), actor, cancellationToken);
        var hamlets = new List<Area>();
        foreach (var name in Hamlets.Take(count))
        {
            hamlets.Add(await addArea.HandleAsync(
                new AddAreaRequest(commune.Id, $"demo-{suffix}.1.{hamlets.Count + 1}", name, "Thôn"), actor, cancellationToken));
        }

        var nodes = new List<DemoNode>();
        for (var i = 0; i < count; i++)
        {
            var hamlet = hamlets[i % hamlets.Count];
            var (node, secret) = await enrolNode.HandleAsync(
                new EnrolNodeRequest($"Loa thôn {hamlet.Name} {(i / hamlets.Count) + 1}", hamlet.Id), actor, cancellationToken);
            nodes.Add(new DemoNode(node.Id, node.Name, Convert.ToBase64String(secret)));
        }

        return nodes;
    }
}
