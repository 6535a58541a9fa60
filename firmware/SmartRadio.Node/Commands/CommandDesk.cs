using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node
{
    /// <summary>Carries out commands that passed the gate.</summary>
    public sealed class CommandDesk
    {
        private readonly CommandGate _gate;
        private readonly Refusals _refusals;
        private readonly PlanDesk _plans;
        private readonly StopDesk _stops;
        private readonly Bell _bell;
        private readonly StreamDesk _streams;
        private readonly KeyDesk _keys;
        private readonly UpdateDesk _updates;
        private readonly ClockSync _sync;
        private readonly ReceiptReporter _receipts;
        private readonly ResumeDesk _resume;

        public CommandDesk(
            CommandGate gate, Refusals refusals, PlanDesk plans, StopDesk stops, Bell bell, StreamDesk streams, KeyDesk keys,
            UpdateDesk updates, ClockSync sync, ReceiptReporter receipts, ResumeDesk resume)
        {
            _gate = gate;
            _refusals = refusals;
            _plans = plans;
            _stops = stops;
            _bell = bell;
            _streams = streams;
            _keys = keys;
            _updates = updates;
            _sync = sync;
            _receipts = receipts;
            _resume = resume;
        }

        public void Take(byte[] message)
        {
            Envelope envelope = Envelope.Parse(message);
            ReceiptReason refusal = _gate.Check(message, envelope);
            if (refusal == ReceiptReason.None)
            {
                refusal = CarryOut((CommandType)envelope.Type, envelope.Body);
            }

            if (refusal != ReceiptReason.None)
            {
                _refusals.Report(0, refusal);
            }
        }

        private ReceiptReason CarryOut(CommandType type, byte[] body)
        {
            switch (type)
            {
                case CommandType.Plan:
                    Plan plan = Plan.Read(body);
                    return plan == null ? ReceiptReason.Malformed : _plans.Replace(plan);

                case CommandType.Stop:
                    StopCommand stop = StopCommand.Read(body);
                    if (stop == null)
                    {
                        return ReceiptReason.Malformed;
                    }

                    _stops.Stop(stop.Broadcast, ReceiptReason.Stopped);
                    return ReceiptReason.None;

                case CommandType.Chime:
                    ChimeCommand chime = ChimeCommand.Read(body);
                    return chime == null ? ReceiptReason.Malformed : _bell.Ring(chime.Volume);

                case CommandType.StreamOpen:
                    StreamOpen open = StreamOpen.Read(body);
                    return open == null ? ReceiptReason.Malformed : _streams.Open(open, _gate.Signed);

                case CommandType.Rotate:
                    RotateCommand rotate = RotateCommand.Read(body);
                    return rotate == null ? ReceiptReason.Malformed : _keys.Rotate(rotate, _gate.Signed);

                case CommandType.Update:
                    UpdateCommand update = UpdateCommand.Read(body);
                    return update == null ? ReceiptReason.Malformed : _updates.Install(update);

                case CommandType.ClockReply:
                    ClockReply reply = ClockReply.Read(body);
                    return reply == null || !_sync.Answered(reply) ? ReceiptReason.Malformed : ReceiptReason.None;

                case CommandType.ReceiptAck:
                    ReceiptAck ack = ReceiptAck.Read(body);
                    if (ack == null)
                    {
                        return ReceiptReason.Malformed;
                    }

                    _receipts.Acknowledged(ack);
                    return ReceiptReason.None;

                case CommandType.ResumeReply:
                    ResumeReply resumed = ResumeReply.Read(body);
                    return resumed == null || !_resume.Answered(resumed) ? ReceiptReason.Malformed : ReceiptReason.None;

                default:
                    return ReceiptReason.Malformed;
            }
        }
    }
}
