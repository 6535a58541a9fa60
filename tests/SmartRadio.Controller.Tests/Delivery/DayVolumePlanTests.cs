using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.Tests.Broadcasts;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Delivery;

public sealed class DayVolumePlanTests
{
    private static readonly VolumeStep[] Commune = [new(new TimeOnly(17, 0), 150), new(new TimeOnly(5, 0), 60)];

    // The codec of a program that knows nothing of volumes.
    private const int Older = 2;

    [Fact]
    public async Task Nearest_areas_steps_are_sent_in_percent_of_the_nodes_volume()
    {
        await using var controller = await TestController.StartAsync();
        var commune = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("2", commune));
        await controller.RunAsync<PlanSync>();
        await controller.RunAsync<UplinkRouter>();
        Greet(controller, node, planNumber: 0);
        await controller.Bus.NextCommandAsync(node, CommandType.Plan);

        await SetAreaAsync(controller, commune, Commune);

        // 80 % is what a new node has; 120 % is more than it can.
        Assert.Equal([(300, 48), (1020, 100)], await NextAsync(controller, node));
    }

    [Fact]
    public async Task Nodes_own_steps_go_before_the_areas()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(area);
        await controller.RunAsync<PlanSync>();
        await controller.RunAsync<UplinkRouter>();
        Greet(controller, node, planNumber: 0);
        await controller.Bus.NextCommandAsync(node, CommandType.Plan);
        await SetAreaAsync(controller, area, Commune);
        await controller.Bus.NextCommandAsync(node, CommandType.Plan);

        await SetNodeAsync(controller, node, [new(TimeOnly.MinValue, 100)]);
        Assert.Equal([(0, 50)], await NextAsync(controller, node));

        await SetNodeAsync(controller, node, null);
        Assert.Equal([(300, 30), (1020, 75)], await NextAsync(controller, node));
    }

    [Fact]
    public async Task Node_of_an_older_program_gets_them_when_it_says_that_it_takes_them()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        await controller.RunAsync<PlanSync>();
        var made = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);
        Greet(controller, node, made.Number, Older);
        Assert.Equal(made.Number + 1, (await LaterAsync(controller, node, made.Number)).Number);
        await SetNodeAsync(controller, node, Commune);
        var before = await LaterAsync(controller, node, made.Number + 1);
        Assert.Empty(before.Volumes);

        Greet(controller, node, before.Number);

        var after = await LaterAsync(controller, node, before.Number);
        Assert.Equal(before.Number + 1, after.Number);
        Assert.Equal(2, after.Volumes.Length);
    }

    private static void Greet(
        TestController controller, EnrolledNode node, long planNumber, int codecs = Older | Hello.TakesVolumes) =>
        controller.Bus.ArriveFrom(
            node, UpType.Hello, new Hello { Firmware = "2", Hardware = "v", Codecs = codecs, PlanNumber = planNumber }.Write());

    private static Task SetAreaAsync(TestController controller, Area area, IReadOnlyList<VolumeStep> steps) =>
        controller.Get<SetAreaRules>().HandleAsync(
            new SetAreaRulesRequest(area.Id, null, null) { DayVolume = steps }, TestController.Officer, CancellationToken.None);

    private static Task SetNodeAsync(TestController controller, EnrolledNode node, IReadOnlyList<VolumeStep>? steps) =>
        controller.Get<SetVolume>().HandleAsync(
            new(node.Node.Id, 50) { DayVolume = steps }, TestController.Officer, CancellationToken.None);

    // What reaches the sync twice is sent twice: the first plan above that number tells the news.
    private static async Task<Plan> LaterAsync(TestController controller, EnrolledNode node, long number)
    {
        while (true)
        {
            var plan = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);
            if (plan.Number > number)
            {
                return plan;
            }
        }
    }

    private static async Task<IEnumerable<(int From, int Volume)>> NextAsync(TestController controller, EnrolledNode node) =>
        Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body).Volumes
            .Select(change => (change.From, change.Volume));
}
