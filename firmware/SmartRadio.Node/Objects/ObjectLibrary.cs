using System;
using System.Collections;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node
{
    /// <summary>The objects of the plan and at most one other, fetched nearest start first, a few at a time.</summary>
    public sealed class ObjectLibrary
    {
        private const int MaxActive = 4;

        private readonly NodeHardware _hardware;
        private readonly NodeClock _clock;
        private readonly Uplink _uplink;
        private readonly ObjectShelf _shelf;
        private readonly Refusals _refusals;
        private readonly ObjectOrders _orders;
        private readonly string _name;
        private PlanEntry[] _planned = new PlanEntry[0];
        private PlanEntry _wanted;
        private bool _connected;

        /// <param name="name">The node's.</param>
        /// <param name="hardware">Where files and link are.</param>
        /// <param name="clock">The node's.</param>
        /// <param name="uplink">Takes the requests.</param>
        /// <param name="shelf">The storage.</param>
        /// <param name="refusals">Counts what is not of any object wanted.</param>
        public ObjectLibrary(string name, NodeHardware hardware, NodeClock clock, Uplink uplink, ObjectShelf shelf, Refusals refusals)
        {
            _name = name;
            _hardware = hardware;
            _clock = clock;
            _uplink = uplink;
            _shelf = shelf;
            _refusals = refusals;
            _orders = new ObjectOrders(hardware);
        }

        /// <summary>Takes over what a plan needs; what it no longer needs is no longer fetched.</summary>
        public void Need(PlanEntry[] entries)
        {
            _planned = entries;
            Arrange();
        }

        /// <summary>Fetches one object that is in no plan, instead of the one wanted before.</summary>
        /// <param name="id">16 bytes.</param>
        /// <param name="bytes">Its length.</param>
        /// <param name="neededAt">Unix milliseconds: its place among the objects of the plan.</param>
        public void Want(byte[] id, long bytes, long neededAt)
        {
            _wanted = new PlanEntry();
            _wanted.ObjectId = id;
            _wanted.ObjectBytes = bytes;
            _wanted.Start = neededAt;
            _wanted.LatestStart = neededAt;
            Arrange();
        }

        /// <summary>The object of <see cref="Want"/> is no longer needed.</summary>
        public void WantNothing()
        {
            _wanted = null;
            Arrange();
        }

        private void Arrange()
        {
            PlanEntry[] entries = _planned;
            if (_wanted != null)
            {
                entries = new PlanEntry[_planned.Length + 1];
                Array.Copy(_planned, 0, entries, 0, _planned.Length);
                entries[_planned.Length] = _wanted;
            }

            _shelf.Need(entries);
            ArrayList dropped = _orders.Arrange(entries);
            for (int i = 0; i < dropped.Count; i++)
            {
                Unsubscribe((ObjectOrder)dropped[i]);
            }
        }

        /// <summary>The object of a plan entry, or null.</summary>
        public ObjectOrder Find(byte[] id)
        {
            return _orders.Find(id);
        }

        public void Connected()
        {
            _connected = true;
            _hardware.Link.Subscribe(Topics.OwnObjects(_name), false);
            for (int i = 0; i < _orders.Count; i++)
            {
                _orders.At(i).IsSubscribed = false;
            }
        }

        public void Disconnected()
        {
            _connected = false;
        }

        /// <summary>Takes a chunk, sent to all or to this node alone; false when no order is waiting on this topic.</summary>
        public bool Received(string topic, byte[] payload)
        {
            int own = Topics.OwnObject(_name, "").Length;
            bool isOwn = topic.Length > own && topic.Substring(0, own) == Topics.OwnObject(_name, "");
            if (isOwn)
            {
                topic = Topics.Object(topic.Substring(own));
            }

            for (int i = 0; i < _orders.Count; i++)
            {
                ObjectOrder order = _orders.At(i);
                if (order.IsSubscribed && order.Fetch.Topic == topic)
                {
                    Take(order, ObjectChunk.Read(payload));
                    return true;
                }
            }

            // What was asked for may come when the plan no longer needs it.
            return isOwn;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            long now = _clock.Local;
            int wait = Wait.Longest;
            int active = 0;
            long before = 0;
            for (int i = 0; i < _orders.Count && active < MaxActive; i++)
            {
                ObjectOrder order = _orders.At(i);
                if (order.Fetch.Check())
                {
                    return 1;
                }

                if (order.Fetch.IsComplete)
                {
                    Unsubscribe(order);
                    continue;
                }

                active++;
                if (_connected)
                {
                    wait = Wait.Shorter(wait, Advance(order, before, now));
                }

                before += order.Fetch.MissingBytes;
            }

            return wait;
        }

        private int Advance(ObjectOrder order, long before, long now)
        {
            if (!order.IsSubscribed)
            {
                order.HasRoom = MakeRoom(before + order.Fetch.MissingBytes, order.Fetch.NeededAt);
                if (!order.HasRoom)
                {
                    return Wait.Longest;
                }

                order.IsSubscribed = true;
                _hardware.Link.Subscribe(order.Fetch.Topic, false);
                order.Asking.Begin(now, _clock.ToLocal(order.Fetch.NeededAt));
            }

            if (order.Asking.IsDue(now))
            {
                _uplink.Send(UpType.ChunkRequest, order.Fetch.Missing().Write());
            }

            return order.Asking.Pause(now);
        }

        private bool MakeRoom(long bytes, long neededAt)
        {
            ArrayList given = new ArrayList();
            bool made = _shelf.MakeRoom(bytes, neededAt, _clock.IsSet ? _clock.Now : 0, given);
            for (int i = 0; i < given.Count; i++)
            {
                for (int j = 0; j < _orders.Count; j++)
                {
                    ObjectOrder order = _orders.At(j);
                    if (order.Fetch.Name == (string)given[i])
                    {
                        Unsubscribe(order);
                        order.Fetch.Forget();
                    }
                }
            }

            return made;
        }

        private void Take(ObjectOrder order, ObjectChunk chunk)
        {
            ReceiptReason refusal = chunk == null ? ReceiptReason.Malformed : order.Fetch.Take(chunk);
            if (refusal == ReceiptReason.None)
            {
                order.Asking.Arrived(_clock.Local);
                return;
            }

            _refusals.Tally();
            if (refusal == ReceiptReason.StorageFull)
            {
                // Room is looked for again before the next chunk is wanted.
                Unsubscribe(order);
                order.HasRoom = false;
            }
        }

        private void Unsubscribe(ObjectOrder order)
        {
            if (order.IsSubscribed)
            {
                order.IsSubscribed = false;
                _hardware.Link.Unsubscribe(order.Fetch.Topic);
            }
        }
    }
}
