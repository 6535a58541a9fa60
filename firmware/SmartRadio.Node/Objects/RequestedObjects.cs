using System.Collections;
using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Objects
{
    /// <summary>The objects that are needed, nearest start first, each once.</summary>
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
            ObjectRequest present = Find(entry.ObjectId);
            if (present != null)
            {
                present.Fetch.NeededAt = entry.Start < present.Fetch.NeededAt ? entry.Start : present.Fetch.NeededAt;
                return;
            }

            ObjectRequest request = Take(entry, previous);
            request.Fetch.NeededAt = entry.Start;
            int place = _requests.Count;
            while (place > 0 && At(place - 1).Fetch.NeededAt > entry.Start)
            {
                place--;
            }

            _requests.Insert(place, request);
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
