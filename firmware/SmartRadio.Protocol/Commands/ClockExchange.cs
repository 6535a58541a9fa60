namespace SmartRadio.Protocol.Commands
{
    /// <summary>The node asks the time. Body: node's send instant i64 on its own clock, ms.</summary>
    public sealed class ClockRequest
    {
        public long NodeSent { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(8);
            writer.I64(NodeSent);
            return writer.ToArray();
        }

        /// <summary>The request, or null when it is malformed.</summary>
        public static ClockRequest Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            ClockRequest request = new ClockRequest();
            request.NodeSent = reader.I64();
            return reader.Complete ? request : null;
        }
    }

    /// <summary>
    /// The controller's answer, bound to the request by its envelope counter.
    /// Body: request counter i64, node sent i64, controller received i64, controller sent i64 (Unix ms).
    /// </summary>
    public sealed class ClockReply
    {
        public long RequestCounter { get; set; }

        public long NodeSent { get; set; }

        public long ControllerReceived { get; set; }

        public long ControllerSent { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(32);
            writer.I64(RequestCounter);
            writer.I64(NodeSent);
            writer.I64(ControllerReceived);
            writer.I64(ControllerSent);
            return writer.ToArray();
        }

        /// <summary>The reply, or null when it is malformed.</summary>
        public static ClockReply Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            ClockReply reply = new ClockReply();
            reply.RequestCounter = reader.I64();
            reply.NodeSent = reader.I64();
            reply.ControllerReceived = reader.I64();
            reply.ControllerSent = reader.I64();
            return reader.Complete ? reply : null;
        }
    }
}
