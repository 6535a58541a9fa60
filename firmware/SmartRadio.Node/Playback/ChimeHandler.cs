using SmartRadio.Node.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Playback
{
    /// <summary>Plays the chime when the controller asks for a test.</summary>
    public sealed class ChimeHandler : ICommandHandler
    {
        private readonly TestChime _chime;

        public ChimeHandler(TestChime chime)
        {
            _chime = chime;
        }

        public CommandType Type
        {
            get { return CommandType.Chime; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            ChimeCommand command = ChimeCommand.Read(envelope.Body);
            return command == null ? ReceiptReason.Malformed : _chime.Play(command.Volume);
        }
    }
}
