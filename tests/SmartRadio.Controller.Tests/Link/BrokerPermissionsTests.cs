using System.Text;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Link;

public sealed class BrokerPermissionsTests
{
    [Fact]
    public async Task A_node_comes_in_with_its_own_password_only()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(area);
        var other = await controller.AddNodeAsync(area, "Khác");

        Assert.NotNull(await ConnectAsync(controller, node.Node.Id, node.Node.Id, PasswordOf(node)));
        Assert.Null(await ConnectAsync(controller, node.Node.Id, node.Node.Id, PasswordOf(other)));
        Assert.Null(await ConnectAsync(controller, node.Node.Id, node.Node.Id, string.Empty));
        Assert.Null(await ConnectAsync(controller, "0123456789abcdef", "0123456789abcdef", PasswordOf(node)));
        Assert.Null(await ConnectAsync(controller, "controller", "controller", "controller"));
    }

    [Fact]
    public async Task A_node_cannot_take_the_session_of_another()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(area);
        var victim = await controller.AddNodeAsync(area, "Khác");

        Assert.Null(await ConnectAsync(controller, victim.Node.Id, node.Node.Id, PasswordOf(node)));
    }

    [Fact]
    public async Task A_node_speaks_only_for_itself_and_hears_only_its_commands_and_sound()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        var id = node.Node.Id;
        var access = controller.Get<BrokerPermissions>();
        var peer = await ConnectAsync(controller, id, id, PasswordOf(node));
        Assert.NotNull(peer);

        Assert.True(access.MayPublish(peer, Topics.Up(id)));
        Assert.True(access.MayPublish(peer, Topics.Here(id)));
        Assert.False(access.MayPublish(peer, Topics.Command(id)));
        Assert.False(access.MayPublish(peer, Topics.Up("0123456789abcdef")));
        Assert.False(access.MayPublish(peer, Topics.Object("00")));
        Assert.True(access.MaySubscribe(peer, Topics.Command(id)));
        Assert.True(access.MaySubscribe(peer, Topics.Object("0123")));
        Assert.True(access.MaySubscribe(peer, Topics.Stream("0123", CodecId.ULaw8)));
        Assert.True(access.IsRetained(Topics.Here(id)));
        Assert.False(access.IsRetained(Topics.Up(id)));
        Assert.False(access.MaySubscribe(peer, "sr/1/o/#"));
        Assert.False(access.MaySubscribe(peer, "#"));
        Assert.False(access.MaySubscribe(peer, Topics.Command("0123456789abcdef")));
    }

    private static string PasswordOf(EnrolledNode node) => new NodeKeys(node.Secret).BrokerPassword;

    private static async Task<BrokerIdentity?> ConnectAsync(
        TestController controller, string clientId, string user, string password) =>
        await controller.Get<BrokerPermissions>()
            .SignInAsync(new BrokerCredentials(clientId, user, Encoding.UTF8.GetBytes(password)), CancellationToken.None);
}
