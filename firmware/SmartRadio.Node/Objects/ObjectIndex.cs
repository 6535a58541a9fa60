using System.Collections;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Objects
{
    /// <summary>
    /// Knows every object on the storage and until when it was last needed, and makes room: what no plan needs goes first, the
    /// longest unneeded before the others; then, for something needed sooner, what the plan needs last, but nothing that is due
    /// within a day; for an emergency anything that no emergency needs and that does not sound yet.
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

        /// <summary>Objects that may come before all are looked up anew.</summary>
        private const int Growth = 256;

        private readonly IFiles _files;
        private readonly TwoSlotFile _index;
        private readonly ArrayList _items = new ArrayList();
        private readonly IndexImage _image = new IndexImage();
        private NumberIndex _places;
        private int _room;
        private bool _isChanged;

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
                    long neededUntil = reader.I64();
                    if (!reader.Failed)
                    {
                        Add(id, neededUntil);
                    }
                }
            }

            DeleteStrangers();
        }

        /// <summary>Notes what a plan needs, before any of it is written.</summary>
        public void Need(PlanEntry[] entries)
        {
            FindPlaces(entries.Length);
            Enter(entries);
            Note(entries);
            SaveChanges();
        }

        /// <summary>Makes room for so many new objects among those that it can look up.</summary>
        public void FindPlaces(int more)
        {
            if (_places != null && _items.Count + more <= _room)
            {
                return;
            }

            _room = _items.Count + more + Growth;
            _places = new NumberIndex(_room);
            for (int i = 0; i < _items.Count; i++)
            {
                _places.Put(WireReader.I64At(((IndexedObject)_items[i]).Id, 0), i);
            }
        }

        /// <summary>Enters the objects of a plan that it does not know, as such that nothing needs yet.</summary>
        public void Enter(PlanEntry[] entries)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                byte[] id = entries[i].ObjectId;
                if (BuiltInSound.Of(id) == BuiltInSound.None && !BuiltInSound.IsStreamOnly(id))
                {
                    Entered(id);
                }
            }
        }

        /// <summary>Notes what a plan needs; <see cref="SaveChanges"/> must follow before any of it is written.</summary>
        public void Note(PlanEntry[] entries)
        {
            for (int i = 0; i < _items.Count; i++)
            {
                IndexedObject item = (IndexedObject)_items[i];
                item.NeededFrom = Never;
                item.IsUrgent = false;
            }

            for (int i = 0; i < entries.Length; i++)
            {
                PlanEntry entry = entries[i];
                if (BuiltInSound.Of(entry.ObjectId) != BuiltInSound.None || BuiltInSound.IsStreamOnly(entry.ObjectId))
                {
                    continue;
                }

                int place = Entered(entry.ObjectId);
                IndexedObject item = (IndexedObject)_items[place];
                item.NeededFrom = item.NeededFrom < entry.Start ? item.NeededFrom : entry.Start;
                item.IsUrgent |= entry.Class == BroadcastClass.Emergency;
                if (item.NeededUntil < entry.LatestStart)
                {
                    item.NeededUntil = entry.LatestStart;
                    _image.Set(place, entry.LatestStart);
                    _isChanged = true;
                }
            }
        }

        /// <summary>Stores what <see cref="Note"/> changed.</summary>
        public void SaveChanges()
        {
            if (_isChanged)
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
                    _image.RemoveAt(victim);
                    _places = null;
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

        /// <summary>The place of an object, made where there is none.</summary>
        private int Entered(byte[] id)
        {
            FindPlaces(1);
            long key = WireReader.I64At(id, 0);
            int place = _places.Find(key);
            if (place >= 0 && !ObjectHash.AreSame(id, ((IndexedObject)_items[place]).Id))
            {
                // Another object with the same first half.
                place = IndexOf(PieceFile.NameOf(id));
            }

            if (place < 0)
            {
                place = Add(id, 0);
                _places.Put(key, place);
            }

            return place;
        }

        private int Add(byte[] id, long neededUntil)
        {
            _image.Add(id, neededUntil);
            return _items.Add(new IndexedObject(id, neededUntil));
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
            _isChanged = false;
            _index.Write(_image.ToArray());
        }
    }
}
