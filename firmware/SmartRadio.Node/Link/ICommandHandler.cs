using SmartRadio.Protocol;

namespace SmartRadio.Node.Link
{
    /// <summary>Carries out the commands of one type, in the room that owns what they ask for.</summary>
    public interface ICommandHandler
    {
        CommandType Type { get; }

        /// <summary>Carries out a command that passed the gate.</summary>
        /// <param name="envelope">The command, whose body is not yet read.</param>
        /// <param name="signed">The keys under which the command came.</param>
        /// <returns>None when it was carried out, Malformed when the body cannot be read, otherwise why nothing was
        /// done.</returns>
        ReceiptReason Handle(Envelope envelope, NodeKeys signed);
    }
}
