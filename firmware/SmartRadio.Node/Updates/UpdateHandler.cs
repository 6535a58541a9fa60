using SmartRadio.Node.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Updates
{
    /// <summary>Begins the installation of a release.</summary>
    public sealed class UpdateHandler : ICommandHandler
    {
        private readonly ProgramUpdate _update;

        public UpdateHandler(ProgramUpdate update)
        {
            _update = update;
        }

        public CommandType Type
        {
            get { return CommandType.Update; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            UpdateCommand command = UpdateCommand.Read(envelope.Body);
            return command == null ? ReceiptReason.Malformed : _update.Install(command);
        }
    }
}
