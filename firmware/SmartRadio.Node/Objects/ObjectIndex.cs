using System.Collections;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Objects
{
    /// <summary>
    /// Knows every object on the storage and until when it was last needed, and makes room: what no plan needs goes first, the
    /// longest unneeded before the others; then, for something needed sooner, what the plan needs last, but nothing that is due
    /// within a day; for an emergency anything that no emergency needs and that does not sound yet. Stored layout: count u16,
    /// then id 16 and needed-until i64 each.
    /// </summary>
    public sealed class ObjectIndex
    {
        /// <summary>Bytes never given to objects, so that plan, counters and receipts can always be written.</summary>
        public const long Reserve = 128 * 1024;

        /// <summary>Milliseconds before its start in which a planned object is not given up for anything.</summary>
        public const long Safe = 24L * 3600 * 1000;

        /// <summary>
        /// Milliseconds before its start from which an object is not given up even for an emergency: the output is being made
        /// ready, and from its start on it may sound.
        /// </summary>
        public const long AboutToSound = 10000;

        private const long Never = long.MaxValue;

        private readonly IFiles _files;
        private readonly TwoSlotFile _index;
        private readonly ArrayList _items = new ArrayList();

        public ObjectIndex(IFiles files, TwoSlotFile index)
        {
            _files = files;
            _index = index;
            byte[] stored = index.Read();
            if (stored != null)
            {
                WireReader reader = new WireReader(stored);
                int count = reader.U16();
                for (int i = 0; i < count; i++)
                {
                    byte[] id = reader.Bytes(WireSizes.ObjectIdLength);
                    _items.Add(new IndexedObject(PieceFile.NameOf(id), id, reader.I64()));
                }
            }

            DeleteStrangers();
        }

        /// <summary>Notes what a plan needs, before any of it is written.</summary>
        public void Need(PlanEntry[] entries)
        {
            for (int i = 0; i < _items.Count; i++)
            {
                ((IndexedObject)_items[i]).NeededFrom = Never;
                ((IndexedObject)_items[i]).IsUrgent = false;
            }

            bool changed = false;
            for (int i = 0; i < entries.Length; i++)
            {
                PlanEntry entry = entries[i];
                if (BuiltInSound.Of(entry.ObjectId) != BuiltInSound.None || BuiltInSound.IsStreamOnly(entry.ObjectId))
                {
                    continue;
                }

                string name = PieceFile.NameOf(entry.ObjectId);
                int index = IndexOf(name);
                if (index < 0)
                {
                    index = _items.Add(new IndexedObject(name, entry.ObjectId, 0));
                }

                IndexedObject item = (IndexedObject)_items[index];
                item.NeededFrom = item.NeededFrom < entry.Start ? item.NeededFrom : entry.Start;
                item.IsUrgent |= entry.Class == BroadcastClass.Emergency;
                changed |= item.NeededUntil < entry.LatestStart;
                item.NeededUntil = item.NeededUntil < entry.LatestStart ? entry.LatestStart : item.NeededUntil;
            }

            if (changed)
            {
                Save();
            }
        }

        /// <summary>Frees bytes beyond the reserve for an object; false when all that may go does not suffice.</summary>
        /// <param name="bytes">How many are needed.</param>
        /// <param name="neededAt">Unix milliseconds at which the object is needed.</param>
        /// <param name="isUrgent">An emergency needs it.</param>
        /// <param name="now">Unix milliseconds; 0 while the clock is not set, when nothing planned may go.</param>
        /// <param name="given">Takes the names of planned objects that had to go.</param>
        public bool MakeRoom(long bytes, long neededAt, bool isUrgent, long now, ArrayList given)
        {
            bool changed = false;
            while (_files.FreeBytes - Reserve < bytes)
            {
                int victim = LongestUnneeded();
                if (victim >= 0)
                {
                    _files.Delete(((IndexedObject)_items[victim]).Name);
                    _items.RemoveAt(victim);
                    changed = true;
                    continue;
                }

                victim = LastPlanned(isUrgent ? now + AboutToSound : Later(neededAt, now + Safe), now);
                if (victim < 0)
                {
                    break;
                }

                IndexedObject item = (IndexedObject)_items[victim];
                _files.Delete(item.Name);
                given.Add(item.Name);
            }

            if (changed)
            {
                Save();
            }

            return _files.FreeBytes - Reserve >= bytes;
        }

        /// <summary>
        /// The planned object needed last of those on the storage that no emergency needs, if it is needed after an instant;
        /// otherwise −1.
        /// </summary>
        private int LastPlanned(long after, long now)
        {
            int found = -1;
            for (int i = 0; now > 0 && i < _items.Count; i++)
            {
                IndexedObject item = (IndexedObject)_items[i];
                if (item.NeededFrom != Never && !item.IsUrgent && item.NeededFrom > after
                    && (found < 0 || item.NeededFrom > ((IndexedObject)_items[found]).NeededFrom) && IsStored(item.Name))
                {
                    found = i;
                }
            }

            return found;
        }

        private static long Later(long one, long other)
        {
            return one > other ? one : other;
        }

        private bool IsStored(string name)
        {
            return _files.ReadAt(name, 0, new byte[1], 1) == 1;
        }

        private int LongestUnneeded()
        {
            int found = -1;
            for (int i = 0; i < _items.Count; i++)
            {
                IndexedObject item = (IndexedObject)_items[i];
                if (item.NeededFrom == Never && (found < 0 || item.NeededUntil < ((IndexedObject)_items[found]).NeededUntil))
                {
                    found = i;
                }
            }

            return found;
        }

        private int IndexOf(string name)
        {
            for (int i = 0; i < _items.Count; i++)
            {
                if (((IndexedObject)_items[i]).Name == name)
                {
                    return i;
                }
            }

            return -1;
        }

        private void DeleteStrangers()
        {
            string[] names = _files.List();
            for (int i = 0; i < names.Length; i++)
            {
                string name = names[i];
                if (name.Length == 1 + (WireSizes.ObjectIdLength * 2) && name[0] == 'o' && IndexOf(name) < 0)
                {
                    _files.Delete(name);
                }
            }
        }

        private void Save()
        {
            WireWriter writer = new WireWriter(2 + (_items.Count * (WireSizes.ObjectIdLength + 8)));
            writer.U16(_items.Count);
            for (int i = 0; i < _items.Count; i++)
            {
                IndexedObject item = (IndexedObject)_items[i];
                writer.Bytes(item.Id);
                writer.I64(item.NeededUntil);
            }

            _index.Write(writer.ToArray());
        }

        private sealed class IndexedObject
        {
            public IndexedObject(string name, byte[] id, long neededUntil)
            {
                Name = name;
                Id = id;
                NeededUntil = neededUntil;
                NeededFrom = Never;
            }

            public string Name { get; }

            public byte[] Id { get; }

            public long NeededUntil { get; set; }

            /// <summary>
            /// Unix milliseconds of the first start in the plan that needs it; <see cref="Never"/> when none does.
            /// </summary>
            public long NeededFrom { get; set; }

            /// <summary>An emergency in the plan needs it.</summary>
            public bool IsUrgent { get; set; }
        }
    }
}
