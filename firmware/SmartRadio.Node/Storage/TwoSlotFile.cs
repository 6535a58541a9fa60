using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Storage
{
    /// <summary>
    /// A small record that survives a power cut at any byte: two files take turns, each with a generation and a MAC, and the
    /// newest whole one counts. Nothing is overwritten before its successor is on the medium (the device's File.Move never
    /// overwrites, so renaming cannot do this). Slot: generation u32, content length u32, content, 16-byte MAC over the name and
    /// all before.
    /// </summary>
    public sealed class TwoSlotFile
    {
        private const int MacLength = 16;
        private const int HeaderLength = 8;

        private readonly IFiles _files;
        private readonly string _name;
        private readonly byte[] _key;
        private long _generation;
        private int _newest = 1;

        public TwoSlotFile(IFiles files, string name, byte[] key)
        {
            _files = files;
            _name = name;
            _key = key;
        }

        /// <summary>
        /// Both slots were written once and neither is whole: no power cut does that, only a medium that fails.
        /// </summary>
        public bool IsDamaged { get; private set; }

        /// <summary>The newest whole content, or null when there is none.</summary>
        public byte[] Read()
        {
            byte[] content = null;
            int written = 0;
            for (int slot = 0; slot < 2; slot++)
            {
                byte[] stored = _files.Read(SlotName(slot));
                written += stored == null ? 0 : 1;
                if (stored == null || !IsWhole(stored))
                {
                    continue;
                }

                WireReader reader = new WireReader(stored);
                long generation = reader.U32();
                if (content == null || generation > _generation)
                {
                    _generation = generation;
                    _newest = slot;
                    content = reader.Bytes((int)reader.U32());
                }
            }

            IsDamaged = content == null && written == 2;
            return content;
        }

        /// <summary>
        /// Writes the next generation beside the present one. False when the storage fails; the present one then still counts.
        /// </summary>
        public bool Write(byte[] content)
        {
            int slot = 1 - _newest;
            WireWriter writer = new WireWriter(HeaderLength + content.Length + MacLength);
            writer.U32(_generation + 1);
            writer.U32(content.Length);
            writer.Bytes(content);
            writer.Bytes(MacOf(writer.ToArray()));
            if (!_files.Write(SlotName(slot), writer.ToArray()))
            {
                return false;
            }

            _generation++;
            _newest = slot;
            return true;
        }

        private bool IsWhole(byte[] stored)
        {
            WireReader reader = new WireReader(stored);
            reader.U32();
            long length = reader.U32();
            if (length != reader.Remaining - MacLength)
            {
                return false;
            }

            int signed = stored.Length - MacLength;
            return Mac.Matches(MacOf(new WireReader(stored, 0, signed).Bytes(signed)), stored, signed);
        }

        private byte[] MacOf(byte[] header)
        {
            WireWriter writer = new WireWriter(header.Length + 16);
            writer.Text(_name);
            writer.Bytes(header);
            return Mac.Compute(_key, writer.ToArray(), writer.Length, MacLength);
        }

        private string SlotName(int slot)
        {
            return _name + (slot == 0 ? ".0" : ".1");
        }
    }
}
