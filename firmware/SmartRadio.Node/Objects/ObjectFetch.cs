using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Objects
{
    /// <summary>
    /// Brings one object onto the node. Pieces that come before the manifest are kept unbelieved and checked when it is there;
    /// the same check, a few pieces a poll, finds out after a reboot what the storage really holds.
    /// </summary>
    public sealed class ObjectFetch
    {
        private const int ChecksPerPoll = 4;

        private readonly PieceFile _file;
        private ChunkSet _held;
        private int _checked;

        public ObjectFetch(IFiles files, byte[] id, long length)
        {
            _file = new PieceFile(files, id, length);
            Topic = Topics.Object(_file.Hexadecimal);
            _held = new ChunkSet(_file.Layout.Chunks);
            if (_file.Exists())
            {
                Suspect();
            }
        }

        public byte[] Id
        {
            get { return _file.Id; }
        }

        public string Name
        {
            get { return _file.Name; }
        }

        public string Topic { get; }

        /// <summary>Unix milliseconds of the earliest broadcast that needs it.</summary>
        public long NeededAt { get; set; }

        /// <summary>Everything is on the storage and was checked.</summary>
        public bool IsComplete
        {
            get { return _held.IsFull && IsChecked; }
        }

        /// <summary>False while the storage is still being looked through, so that what is missing is not yet known.</summary>
        public bool IsChecked
        {
            get { return _file.Manifest == null || _checked == _file.Layout.Pieces; }
        }

        /// <summary>Bytes still to come.</summary>
        public long MissingBytes
        {
            get { return (long)(_file.Layout.Chunks - _held.Count) * ObjectLayout.PieceLength; }
        }

        /// <summary>Checks a few pieces; true while there is more to check.</summary>
        public bool Check()
        {
            int first = _file.Layout.ManifestChunks;
            for (int i = 0; i < ChecksPerPoll && _file.Manifest != null && _checked < _file.Layout.Pieces; i++)
            {
                if (_held.Has(first + _checked) && _file.ReadPiece(_checked, null) == null)
                {
                    _held.Remove(first + _checked);
                }

                _checked++;
            }

            return !IsChecked;
        }

        /// <summary>Takes a chunk from the network.</summary>
        /// <returns>None when it was welcome or already there, Malformed when it is not of this object, StorageFull when it could
        /// not be kept.</returns>
        public ReceiptReason Take(ObjectChunk chunk)
        {
            if (chunk.ObjectLength != _file.Layout.Length)
            {
                return ReceiptReason.Malformed;
            }

            int piece = chunk.Index - _file.Layout.ManifestChunks;
            if (_held.Has(chunk.Index))
            {
                return ReceiptReason.None;
            }

            if (piece >= 0 && _file.Manifest != null && !_file.IsPiece(piece, chunk.Payload))
            {
                return ReceiptReason.Malformed;
            }

            if (!_file.WriteChunk(chunk.Index, chunk.Payload))
            {
                return ReceiptReason.StorageFull;
            }

            _held.Add(chunk.Index);
            if (_held.IsFull)
            {
                // A file is kept open for a burst of chunks. Reading ends it: from here on the object survives a power cut.
                _file.Exists();
            }

            return piece < 0 && !TryManifest() ? ReceiptReason.Malformed : ReceiptReason.None;
        }

        /// <summary>What to ask the controller for, or null when nothing is missing.</summary>
        public ChunkRequest Missing()
        {
            return _held.Missing(_file.Id);
        }

        /// <summary>
        /// A reader of the complete object, or null when the storage no longer holds what it held; that is then fetched again.
        /// </summary>
        public ObjectReader Open()
        {
            if (_file.LoadManifest())
            {
                return new ObjectReader(_file, this);
            }

            Suspect();
            return null;
        }

        /// <summary>Believes nothing of what the storage holds until it was checked again.</summary>
        public void Suspect()
        {
            for (int i = 0; i < _file.Layout.Chunks; i++)
            {
                _held.Add(i);
            }

            TryManifest();
        }

        /// <summary>The file was deleted to make room.</summary>
        public void Forget()
        {
            _held = new ChunkSet(_file.Layout.Chunks);
            _file.DropManifest();
            _checked = 0;
        }

        /// <summary>
        /// False when all chunks of the manifest are there and one of them is forged or torn: none is believed.
        /// </summary>
        private bool TryManifest()
        {
            for (int i = 0; i < _file.Layout.ManifestChunks; i++)
            {
                if (!_held.Has(i))
                {
                    return true;
                }
            }

            _checked = 0;
            _file.DropManifest();
            if (_file.LoadManifest())
            {
                return true;
            }

            for (int i = 0; i < _file.Layout.ManifestChunks; i++)
            {
                _held.Remove(i);
            }

            return false;
        }
    }
}
