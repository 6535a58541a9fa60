using System.Collections;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node
{
    /// <summary>The objects that are needed, nearest start first, each once.</summary>
    public sealed class ObjectOrders
    {
        private readonly NodeHardware _hardware;
        private readonly ArrayList _orders = new ArrayList();

        public ObjectOrders(NodeHardware hardware)
        {
            _hardware = hardware;
        }

        public int Count
        {
            get { return _orders.Count; }
        }

        public ObjectOrder At(int index)
        {
            return (ObjectOrder)_orders[index];
        }

        /// <summary>The order of an object, or null.</summary>
        public ObjectOrder Find(byte[] id)
        {
            int index = IndexOf(_orders, id);
            return index < 0 ? null : At(index);
        }

        /// <summary>Takes over what is needed now, with what is already known of it; returns the orders that are needed no longer.</summary>
        public ArrayList Arrange(PlanEntry[] entries)
        {
            ArrayList previous = (ArrayList)_orders.Clone();
            _orders.Clear();
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
            ObjectOrder present = Find(entry.ObjectId);
            if (present != null)
            {
                present.Fetch.NeededAt = entry.Start < present.Fetch.NeededAt ? entry.Start : present.Fetch.NeededAt;
                return;
            }

            ObjectOrder order = Take(entry, previous);
            order.Fetch.NeededAt = entry.Start;
            int place = _orders.Count;
            while (place > 0 && At(place - 1).Fetch.NeededAt > entry.Start)
            {
                place--;
            }

            _orders.Insert(place, order);
        }

        private ObjectOrder Take(PlanEntry entry, ArrayList previous)
        {
            int index = IndexOf(previous, entry.ObjectId);
            if (index < 0)
            {
                ObjectFetch fetch = new ObjectFetch(_hardware.Files, entry.ObjectId, entry.ObjectBytes);
                return new ObjectOrder(fetch, new ChunkAsking(_hardware.Jitter));
            }

            ObjectOrder order = (ObjectOrder)previous[index];
            previous.RemoveAt(index);
            return order;
        }

        private static int IndexOf(ArrayList orders, byte[] id)
        {
            for (int i = 0; i < orders.Count; i++)
            {
                if (Mac.Matches(id, ((ObjectOrder)orders[i]).Fetch.Id, 0))
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
