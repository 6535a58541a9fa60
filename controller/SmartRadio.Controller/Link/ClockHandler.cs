using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Link;

/// <summary>Answers nodes that ask for the time.</summary>
internal sealed class ClockHandler(CommandSender commands, TimeProvider time) : IUpHandler
{
    public UpType Type => UpType.ClockRequest;

    public ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (ClockRequest.Read(message.Envelope.Body) is not { } request)
        {
            return new(false);
        }

        commands.Reply(message.Node, CommandType.ClockReply, new ClockReply
        {
            RequestCounter = message.Envelope.Counter,
            NodeSent = request.NodeSent,
            ControllerReceived = message.At.ToUnixTimeMilliseconds(),
            ControllerSent = time.GetUtcNow().ToUnixTimeMilliseconds(),
        }.Write());
        return new(true);
    }
}
