using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Updates
{
    /// <summary>
    /// Two slots for the program and the record of which to start. The loader asks <see cref="Choose"/> at each start; the
    /// program stages a release into the slot it does not run from and confirms it once it has proved itself. A started and
    /// unconfirmed release is never started again, so neither a hang nor a reset nor a power cut can leave the node with a bad
    /// program. Stored: active u8, candidate u8, started u8, bad version text, then for each slot version text, length u32 and
    /// MAC 16.
    /// </summary>
    public sealed class BootSlots
    {
        /// <summary>No slot: the program that was installed by hand.</summary>
        public const int None = 255;

        private const int MacLength = 16;

        private readonly IFiles _files;
        private readonly TwoSlotFile _record;
        private readonly byte[] _key;
        private readonly string[] _versions = { string.Empty, string.Empty };
        private readonly long[] _lengths = new long[2];
        private readonly byte[][] _macs = { new byte[MacLength], new byte[MacLength] };
        private int _active = None;
        private int _candidate = None;
        private bool _started;

        /// <param name="files">The node's storage.</param>
        /// <param name="key">The store key of the node's first secret: what it seals, nobody else can have written.</param>
        public BootSlots(IFiles files, byte[] key)
        {
            _files = files;
            _key = key;
            _record = new TwoSlotFile(files, "boot", key);
            BadVersion = string.Empty;
            byte[] stored = _record.Read();
            if (stored != null)
            {
                Take(new WireReader(stored));
            }
        }

        /// <summary>The version that last failed its trial; empty when the last one did not.</summary>
        public string BadVersion { get; private set; }

        /// <summary>The version last confirmed; empty for the one installed by hand.</summary>
        public string ActiveVersion
        {
            get { return _active == None ? string.Empty : _versions[_active]; }
        }

        /// <summary>The version staged or on trial; empty when there is none.</summary>
        public string CandidateVersion
        {
            get { return _candidate == None ? string.Empty : _versions[_candidate]; }
        }

        /// <summary>The program that runs was started for the first time and is not yet confirmed.</summary>
        public bool IsOnTrial
        {
            get { return _candidate != None && _started; }
        }

        /// <summary>A release waits for its first start.</summary>
        public bool IsStaged
        {
            get { return _candidate != None && !_started; }
        }

        /// <summary>The file into which a new release is to be written before <see cref="Stage"/>.</summary>
        public string FreeFile
        {
            get { return FileOf(Free); }
        }

        private int Free
        {
            get { return _active == 0 ? 1 : 0; }
        }

        /// <summary>For the loader, once a start: which slot to start, or <see cref="None"/>.</summary>
        public int Choose()
        {
            if (_candidate == None)
            {
                return _active;
            }

            int candidate = _candidate;
            if (_started)
            {
                Reject();
                return _active;
            }

            // If the storage fails, the trial cannot be told from a first start the next time: then there is none.
            _started = true;
            if (Save())
            {
                return candidate;
            }

            _started = false;
            return _active;
        }

        /// <summary>For the loader: what lies in a slot, or null when it is not what was staged.</summary>
        public byte[] Load(int slot)
        {
            byte[] content = slot == None ? null : _files.Read(FileOf(slot));
            return content != null && content.Length == _lengths[slot] && Mac.Matches(MacOf(content), _macs[slot], 0)
                ? content
                : null;
        }

        /// <summary>For the loader: what was chosen could not be started.</summary>
        /// <returns>What to start instead.</returns>
        public int Broken(int slot)
        {
            if (slot == _candidate)
            {
                Reject();
                return _active;
            }

            return None;
        }

        /// <summary>
        /// Has the release in <see cref="FreeFile"/> started next time. False when it is no release or the storage fails.
        /// </summary>
        public bool Stage(string version)
        {
            int slot = Free;
            byte[] content = _files.Read(FileOf(slot));
            if (content == null || ReleaseBundle.Read(content) == null)
            {
                return false;
            }

            _versions[slot] = version;
            _lengths[slot] = content.Length;
            _macs[slot] = MacOf(content);
            _candidate = slot;
            _started = false;
            BadVersion = string.Empty;
            if (Save())
            {
                return true;
            }

            _candidate = None;
            return false;
        }

        /// <summary>The program on trial has proved itself. False when the storage fails: ask again.</summary>
        public bool Confirm()
        {
            int before = _active;
            int candidate = _candidate;
            _active = candidate;
            _candidate = None;
            _started = false;
            if (Save())
            {
                return true;
            }

            _active = before;
            _candidate = candidate;
            _started = true;
            return false;
        }

        private static string FileOf(int slot)
        {
            return slot == 0 ? "app0" : "app1";
        }

        private byte[] MacOf(byte[] content)
        {
            return Mac.Compute(_key, content, content.Length, MacLength);
        }

        private void Reject()
        {
            BadVersion = _versions[_candidate];
            _candidate = None;
            _started = false;

            // If the storage fails, the same is found and done at the next start.
            Save();
        }

        private void Take(WireReader reader)
        {
            int active = reader.U8();
            int candidate = reader.U8();
            bool started = reader.U8() != 0;
            string bad = reader.Text();
            for (int slot = 0; slot < 2; slot++)
            {
                _versions[slot] = reader.Text();
                _lengths[slot] = reader.U32();
                _macs[slot] = reader.Bytes(MacLength);
            }

            if (reader.Complete)
            {
                _active = active < 2 ? active : None;
                _candidate = candidate < 2 ? candidate : None;
                _started = started;
                BadVersion = bad;
            }
        }

        private bool Save()
        {
            WireWriter writer = new WireWriter(128);
            writer.U8(_active);
            writer.U8(_candidate);
            writer.U8(_started ? 1 : 0);
            writer.Text(BadVersion);
            for (int slot = 0; slot < 2; slot++)
            {
                writer.Text(_versions[slot]);
                writer.U32(_lengths[slot]);
                writer.Bytes(_macs[slot]);
            }

            return _record.Write(writer.ToArray());
        }
    }
}
