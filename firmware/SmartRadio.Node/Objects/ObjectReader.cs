using System;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Objects
{
    /// <summary>Reads the sound of a complete object, piece by verified piece.</summary>
    public sealed class ObjectReader
    {
        private readonly PieceFile _file;
        private readonly ObjectFetch _fetch;
        private byte[] _piece;
        private int _number = -1;

        /// <param name="file">A file whose manifest is loaded.</param>
        /// <param name="fetch">Told when the storage no longer holds what it held, so that it is fetched again.</param>
        public ObjectReader(PieceFile file, ObjectFetch fetch)
        {
            _file = file;
            _fetch = fetch;
        }

        /// <summary>
        /// Fills the buffer with the sound from a byte position on; returns how many bytes there were, 0 at the end or when the
        /// storage fails.
        /// </summary>
        public int Read(long position, byte[] buffer)
        {
            int count = 0;
            while (count < buffer.Length && position + count < _file.Layout.Length)
            {
                int number = (int)((position + count) / ObjectLayout.PieceLength);
                if (number != _number)
                {
                    _piece = _file.ReadPiece(number, _piece);
                    _number = _piece == null ? -1 : number;
                }

                if (_number < 0)
                {
                    _fetch.Suspect();
                    return 0;
                }

                int offset = (int)((position + count) % ObjectLayout.PieceLength);
                int part = _piece.Length - offset < buffer.Length - count ? _piece.Length - offset : buffer.Length - count;
                Array.Copy(_piece, offset, buffer, count, part);
                count += part;
            }

            return count;
        }
    }
}
