using System.Security.Cryptography;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Tests.Link;

public sealed class KeyRotationTests
{
    [Fact]
    public async Task The_next_secret_said_again_is_the_same_one_in_other_bytes()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        controller.Bus.TakePublished();

        await controller.Get<RotateSecret>().HandleAsync(node.Node.Id, TestController.Officer, CancellationToken.None);
        await controller.Get<KeyRotation>().SendAsync(node.Node.Id, CancellationToken.None);

        var commands = controller.Bus.TakePublished()
            .Where(message => message.Topic == Topics.Command(node.Node.Id))
            .Select(message => Envelope.Parse(message.Payload))
            .Where(envelope => envelope.Type == (byte)CommandType.Rotate).ToList();
        Assert.Equal(2, commands.Count);
        Assert.NotEqual(
            RotateCommand.Read(commands[0].Body).WrappedSecret, RotateCommand.Read(commands[1].Body).WrappedSecret);
        Assert.Equal(Secret(commands[0]), Secret(commands[1]));

        byte[] Secret(Envelope command)
        {
            var wrapped = RotateCommand.Read(command.Body).WrappedSecret;
            using var aes = Aes.Create();
            aes.Key = new NodeKeys(node.Secret).Wrap;
            var blocks = KeyWrap.CounterBlocks(command.Counter, wrapped.Length);
            return KeyWrap.Combine(wrapped, aes.EncryptEcb(blocks, PaddingMode.None));
        }
    }
}
