using System.Collections;
using SmartRadio.Wire;

namespace SmartRadio.Node
{
    /// <summary>
    /// Knows every object on the storage and until when it was last needed, and makes room: what no plan needs goes first, the
    /// longest unneeded before the others. Stored layout: count u16, then id 16 and needed-until i64 each.
    /// </summary>
    public sealed class ObjectShelf
    {
        /// <summary>Bytes never given to objects, so that plan, counters and receipts can always be written.</summary>
        public const long Reserve = 128 * 1024;

        private readonly IFiles _files;
        private readonly TwoSlotFile _index;
        private readonly ArrayList _items = new ArrayList();

        public ObjectShelf(IFiles files, TwoSlotFile index)
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
                    byte[] id = reader.Bytes(Protocol.ObjectIdLength);
                    _items.Add(new ShelfItem(ObjectFile.NameOf(id), id, reader.I64()));
                }
            }

            DeleteStrangers();
        }

        /// <summary>Notes what a plan needs, before any of it is written.</summary>
        public void Need(PlanEntry[] entries)
        {
            for (int i = 0; i < _items.Count; i++)
            {
                ((ShelfItem)_items[i]).IsPlanned = false;
            }

            bool changed = false;
            for (int i = 0; i < entries.Length; i++)
            {
                PlanEntry entry = entries[i];
                if (BuiltInSound.Of(entry.ObjectId) != BuiltInSound.None || BuiltInSound.IsStreamOnly(entry.ObjectId))
                {
                    continue;
                }

                string name = ObjectFile.NameOf(entry.ObjectId);
                int index = IndexOf(name);
                if (index < 0)
                {
                    index = _items.Add(new ShelfItem(name, entry.ObjectId, 0));
                }

                ShelfItem item = (ShelfItem)_items[index];
                item.IsPlanned = true;
                changed |= item.NeededUntil < entry.LatestStart;
                item.NeededUntil = item.NeededUntil < entry.LatestStart ? entry.LatestStart : item.NeededUntil;
            }

            if (changed)
            {
                Save();
            }
        }

        /// <summary>Frees at least so many bytes beyond the reserve by deleting objects that no plan needs; false when they do not suffice.</summary>
        public bool MakeRoom(long bytes)
        {
            bool changed = false;
            while (_files.FreeBytes - Reserve < bytes)
            {
                int victim = LongestUnneeded();
                if (victim < 0)
                {
                    break;
                }

                _files.Delete(((ShelfItem)_items[victim]).Name);
                _items.RemoveAt(victim);
                changed = true;
            }

            if (changed)
            {
                Save();
            }

            return _files.FreeBytes - Reserve >= bytes;
        }

        private int LongestUnneeded()
        {
            int found = -1;
            for (int i = 0; i < _items.Count; i++)
            {
                ShelfItem item = (ShelfItem)_items[i];
                if (!item.IsPlanned && (found < 0 || item.NeededUntil < ((ShelfItem)_items[found]).NeededUntil))
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
                if (((ShelfItem)_items[i]).Name == name)
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
                if (name.Length == 1 + (Protocol.ObjectIdLength * 2) && name[0] == 'o' && IndexOf(name) < 0)
                {
                    _files.Delete(name);
                }
            }
        }

        private void Save()
        {
            WireWriter writer = new WireWriter(2 + (_items.Count * (Protocol.ObjectIdLength + 8)));
            writer.U16(_items.Count);
            for (int i = 0; i < _items.Count; i++)
            {
                ShelfItem item = (ShelfItem)_items[i];
                writer.Bytes(item.Id);
                writer.I64(item.NeededUntil);
            }

            _index.Write(writer.ToArray());
        }

        private sealed class ShelfItem
        {
            public ShelfItem(string name, byte[] id, long neededUntil)
            {
                Name = name;
                Id = id;
                NeededUntil = neededUntil;
            }

            public string Name { get; }

            public byte[] Id { get; }

            public long NeededUntil { get; set; }

            public bool IsPlanned { get; set; }
        }
    }
}
