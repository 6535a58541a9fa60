using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Sound;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node.Streams
{
    /// <summary>Opens the stream of a broadcast.</summary>
    public sealed class StreamOpenHandler : ICommandHandler
    {
        private readonly OpenStreams _streams;
        private readonly IBlockCipher _cipher;

        public StreamOpenHandler(OpenStreams streams, IBlockCipher cipher)
        {
            _streams = streams;
            _cipher = cipher;
        }

        public CommandType Type
        {
            get { return CommandType.StreamOpen; }
        }

        public ReceiptReason Handle(byte[] body, NodeKeys signed)
        {
            StreamOpen command = StreamOpen.Read(body);
            if (command == null)
            {
                return ReceiptReason.Malformed;
            }

            if (Decoders.For(command.Codec) == null)
            {
                return ReceiptReason.UnknownCodec;
            }

            _streams.Open(command, _cipher.Decrypt(signed.Wrap, command.WrappedKey));
            return ReceiptReason.None;
        }
    }
}
