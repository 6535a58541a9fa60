using System.Collections;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Objects
{
    /// <summary>The objects that are needed, emergencies' first, then nearest start first, each once.</summary>
    public sealed class RequestedObjects
    {
        private readonly NodeHardware _hardware;
        private ArrayList _requests = new ArrayList();
        private NumberIndex _places = new NumberIndex(0);

        public RequestedObjects(NodeHardware hardware)
        {
            _hardware = hardware;
        }

        public int Count
        {
            get { return _requests.Count; }
        }

        /// <summary>Another number after each change.</summary>
        public int Changes { get; private set; }

        public ObjectRequest At(int index)
        {
            return (ObjectRequest)_requests[index];
        }

        /// <summary>The request of an object, or null.</summary>
        public ObjectRequest Find(byte[] id)
        {
            int index = IndexOf(_requests, _places, id);
            return index < 0 ? null : At(index);
        }

        /// <summary>
        /// Takes over what is needed now, with what is already known of it; returns the requests that are needed no longer.
        /// </summary>
        public ArrayList Arrange(PlanEntry[] entries)
        {
            ArrayList previous = (ArrayList)_requests.Clone();
            ArrayList named = new ArrayList();
            NumberIndex places = new NumberIndex(entries.Length);
            for (int i = 0; i < entries.Length; i++)
            {
                PlanEntry entry = entries[i];
                if (BuiltInSound.Of(entry.ObjectId) == BuiltInSound.None && !BuiltInSound.IsStreamOnly(entry.ObjectId))
                {
                    Name(entry, named, places, previous);
                }
            }

            Sort(named);
            ArrayList dropped = new ArrayList();
            for (int i = 0; i < previous.Count; i++)
            {
                if (previous[i] != null)
                {
                    dropped.Add(previous[i]);
                }
            }

            Changes++;
            return dropped;
        }

        private void Name(PlanEntry entry, ArrayList named, NumberIndex places, ArrayList previous)
        {
            bool isUrgent = entry.Class == BroadcastClass.Emergency;
            int index = IndexOf(named, places, entry.ObjectId);
            if (index >= 0)
            {
                ObjectRequest again = (ObjectRequest)named[index];
                again.Fetch.NeededAt = entry.Start < again.Fetch.NeededAt ? entry.Start : again.Fetch.NeededAt;
                again.IsUrgent |= isUrgent;
                return;
            }

            ObjectRequest request = Take(entry, previous);
            request.Fetch.NeededAt = entry.Start;
            request.IsUrgent = isUrgent;
            places.Put(KeyOf(entry.ObjectId), named.Count);
            named.Add(request);
        }

        private void Sort(ArrayList named)
        {
            ArrayList sorted = new ArrayList();
            for (int i = 0; i < named.Count; i++)
            {
                ObjectRequest request = (ObjectRequest)named[i];
                int place = sorted.Count;
                while (place > 0 && ComesBefore(request, (ObjectRequest)sorted[place - 1]))
                {
                    place--;
                }

                sorted.Insert(place, request);
            }

            _requests = sorted;
            _places = new NumberIndex(sorted.Count);
            for (int i = 0; i < sorted.Count; i++)
            {
                _places.Put(KeyOf(At(i).Fetch.Id), i);
            }
        }

        private static bool ComesBefore(ObjectRequest one, ObjectRequest other)
        {
            return one.IsUrgent == other.IsUrgent ? one.Fetch.NeededAt < other.Fetch.NeededAt : one.IsUrgent;
        }

        private ObjectRequest Take(PlanEntry entry, ArrayList previous)
        {
            int index = IndexOf(previous, _places, entry.ObjectId);
            if (index < 0)
            {
                ObjectFetch fetch = new ObjectFetch(_hardware.Files, entry.ObjectId, entry.ObjectBytes);
                return new ObjectRequest(fetch, new ChunkAsking(_hardware.Jitter));
            }

            ObjectRequest request = (ObjectRequest)previous[index];
            previous[index] = null;
            return request;
        }

        /// <summary>An object's place among requests, by the first half of its id; ids that share it need a walk.</summary>
        private static int IndexOf(ArrayList requests, NumberIndex places, byte[] id)
        {
            int place = places.Find(KeyOf(id));
            if (place < 0 || Is((ObjectRequest)requests[place], id))
            {
                return place;
            }

            for (int i = 0; i < requests.Count; i++)
            {
                if (Is((ObjectRequest)requests[i], id))
                {
                    return i;
                }
            }

            return -1;
        }

        private static bool Is(ObjectRequest request, byte[] id)
        {
            return request != null && ObjectHash.AreSame(id, request.Fetch.Id);
        }

        private static long KeyOf(byte[] id)
        {
            return WireReader.I64At(id, 0);
        }
    }
}
