using System.Collections;
using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Objects
{
    /// <summary>The objects that are needed, emergencies' first, then nearest start first, each once.</summary>
    public sealed class RequestedObjects
    {
        private readonly NodeHardware _hardware;
        private readonly ArrayList _requests = new ArrayList();

        public RequestedObjects(NodeHardware hardware)
        {
            _hardware = hardware;
        }

        public int Count
        {
            get { return _requests.Count; }
        }

        public ObjectRequest At(int index)
        {
            return (ObjectRequest)_requests[index];
        }

        /// <summary>The request of an object, or null.</summary>
        public ObjectRequest Find(byte[] id)
        {
            int index = IndexOf(_requests, id);
            return index < 0 ? null : At(index);
        }

        /// <summary>
        /// Takes over what is needed now, with what is already known of it; returns the requests that are needed no longer.
        /// </summary>
        public ArrayList Arrange(PlanEntry[] entries)
        {
            ArrayList previous = (ArrayList)_requests.Clone();
            _requests.Clear();
            for (int i = 0; i < entries.Length; i++)
            {
                PlanEntry entry = entries[i];
                if (BuiltInSound.Of(entry.ObjectId) == BuiltInSound.None && !BuiltInSound.IsStreamOnly(entry.ObjectId))
                {
                    Place(entry, previous);
                }
            }

            return previous;
        }

        private void Place(PlanEntry entry, ArrayList previous)
        {
            bool isUrgent = entry.Class == BroadcastClass.Emergency;
            int index = IndexOf(_requests, entry.ObjectId);
            ObjectRequest request;
            if (index < 0)
            {
                request = Take(entry, previous);
                request.Fetch.NeededAt = entry.Start;
                request.IsUrgent = isUrgent;
            }
            else
            {
                request = At(index);
                request.Fetch.NeededAt = entry.Start < request.Fetch.NeededAt ? entry.Start : request.Fetch.NeededAt;
                request.IsUrgent |= isUrgent;
                _requests.RemoveAt(index);
            }

            int place = _requests.Count;
            while (place > 0 && ComesBefore(request, At(place - 1)))
            {
                place--;
            }

            _requests.Insert(place, request);
        }

        private static bool ComesBefore(ObjectRequest one, ObjectRequest other)
        {
            return one.IsUrgent == other.IsUrgent ? one.Fetch.NeededAt < other.Fetch.NeededAt : one.IsUrgent;
        }

        private ObjectRequest Take(PlanEntry entry, ArrayList previous)
        {
            int index = IndexOf(previous, entry.ObjectId);
            if (index < 0)
            {
                ObjectFetch fetch = new ObjectFetch(_hardware.Files, entry.ObjectId, entry.ObjectBytes);
                return new ObjectRequest(fetch, new ChunkAsking(_hardware.Jitter));
            }

            ObjectRequest request = (ObjectRequest)previous[index];
            previous.RemoveAt(index);
            return request;
        }

        private static int IndexOf(ArrayList requests, byte[] id)
        {
            for (int i = 0; i < requests.Count; i++)
            {
                if (Mac.Matches(id, ((ObjectRequest)requests[i]).Fetch.Id, 0))
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
