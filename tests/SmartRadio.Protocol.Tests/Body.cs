using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Protocol.Tests;

/// <summary>Bodies of envelopes by direction and type.</summary>
internal static class Body
{
    /// <summary>The body, or null when it is malformed or of an unknown type.</summary>
    public static object? Read(string key, byte type, byte[] body) =>
        key == "up" ? ReadUp((UpType)type, body) : ReadCommand((CommandType)type, body);

    public static byte[] Write(object body) => (byte[])body.GetType().GetMethod("Write", [])!.Invoke(body, null)!;

    private static object? ReadCommand(CommandType type, byte[] body) => type switch
    {
        CommandType.Plan => Plan.Read(body),
        CommandType.Stop => StopCommand.Read(body),
        CommandType.Chime => ChimeCommand.Read(body),
        CommandType.StreamOpen => StreamOpen.Read(body),
        CommandType.Rotate => RotateCommand.Read(body),
        CommandType.Update => UpdateCommand.Read(body),
        CommandType.ClockReply => ClockReply.Read(body),
        CommandType.ReceiptAck => ReceiptAck.Read(body),
        CommandType.ResumeReply => ResumeReply.Read(body),
        _ => null,
    };

    private static object? ReadUp(UpType type, byte[] body) => type switch
    {
        UpType.Hello => Hello.Read(body),
        UpType.Heartbeat => Heartbeat.Read(body),
        UpType.Receipts => ReceiptReport.Read(body),
        UpType.ChunkRequest => ChunkRequest.Read(body),
        UpType.ClockRequest => ClockRequest.Read(body),
        UpType.Health => Health.Read(body),
        UpType.ResumeRequest => ResumeRequest.Read(body),
        _ => null,
    };
}
