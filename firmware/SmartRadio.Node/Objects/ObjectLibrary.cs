using System.Collections;
using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Objects
{
    /// <summary>The objects of the plan and at most one other, fetched in their order, a few at a time.</summary>
    public sealed class ObjectLibrary
    {
        private const int MaxActive = 4;

        /// <summary>ms after which a gate that is shut is looked at again.</summary>
        private const int Shut = 500;

        private readonly NodeHardware _hardware;
        private readonly NodeClock _clock;
        private readonly Uplink _uplink;
        private readonly ObjectIndex _index;
        private readonly RejectionLog _rejections;
        private readonly RequestedObjects _requests;
        private readonly ObjectNeeds _needs;
        private readonly string _name;
        private readonly string _ownObjects;
        private int _completed;
        private bool _connected;

        /// <param name="name">The node's.</param>
        /// <param name="hardware">Where files and link are.</param>
        /// <param name="clock">The node's.</param>
        /// <param name="uplink">Takes the requests.</param>
        /// <param name="index">The storage.</param>
        /// <param name="rejections">Counts what is not of any object wanted.</param>
        public ObjectLibrary(
            string name, NodeHardware hardware, NodeClock clock, Uplink uplink, ObjectIndex index, RejectionLog rejections)
        {
            _name = name;
            _ownObjects = Topics.OwnObject(name, string.Empty);
            _hardware = hardware;
            _clock = clock;
            _uplink = uplink;
            _index = index;
            _rejections = rejections;
            _requests = new RequestedObjects(hardware);
            _needs = new ObjectNeeds(index, _requests);
        }

        /// <summary>Keeps from fetching what is not urgent; null = nothing does.</summary>
        public IFetchGate Gate { get; set; }

        /// <summary>Begins to take over what a plan needs, in place of what was needed; <see cref="TakeNeeds"/> ends it.</summary>
        public void Need(PlanEntry[] entries)
        {
            _needs.Plan(entries);
        }

        /// <summary>Takes a slice of what the plan needs; true while there is more.</summary>
        public bool TakeNeeds()
        {
            ArrayList dropped = _needs.TakeSlice();
            if (dropped == null)
            {
                return true;
            }

            for (int i = 0; i < dropped.Count; i++)
            {
                Unsubscribe((ObjectRequest)dropped[i]);
            }

            return false;
        }

        /// <summary>Fetches one object that is in no plan, instead of the one wanted before.</summary>
        /// <param name="id">16 bytes.</param>
        /// <param name="bytes">Its length.</param>
        /// <param name="neededAt">Unix milliseconds: its place among the objects of the plan.</param>
        public void Want(byte[] id, long bytes, long neededAt)
        {
            PlanEntry wanted = new PlanEntry();
            wanted.ObjectId = id;
            wanted.ObjectBytes = bytes;
            wanted.Start = neededAt;
            wanted.LatestStart = neededAt;
            Arrange(wanted);
        }

        /// <summary>The object of <see cref="Want"/> is no longer needed.</summary>
        public void WantNothing()
        {
            Arrange(null);
        }

        private void Arrange(PlanEntry wanted)
        {
            _needs.Want(wanted);
            while (TakeNeeds())
            {
            }
        }

        /// <summary>The object of a plan entry, or null.</summary>
        public ObjectRequest Find(byte[] id)
        {
            return _requests.Find(id);
        }

        /// <summary>Another number when an object has become complete or others are needed.</summary>
        public int Changes
        {
            get { return _completed + _requests.Changes; }
        }

        public void Connected()
        {
            _connected = true;
            _hardware.Link.Subscribe(Topics.OwnObjects(_name), false);
            for (int i = 0; i < _requests.Count; i++)
            {
                _requests.At(i).IsSubscribed = false;
            }
        }

        public void Disconnected()
        {
            _connected = false;
        }

        /// <summary>Takes a chunk, sent to all or to this node alone; false when no request is waiting on this topic.</summary>
        public bool Received(string topic, byte[] payload)
        {
            int own = _ownObjects.Length;
            bool isOwn = topic.Length > own && topic.Substring(0, own) == _ownObjects;
            if (isOwn)
            {
                topic = Topics.Object(topic.Substring(own));
            }

            for (int i = 0; i < _requests.Count; i++)
            {
                ObjectRequest request = _requests.At(i);
                if (request.IsSubscribed && request.Fetch.Topic == topic)
                {
                    Take(request, ObjectChunk.Read(payload));
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
            for (int i = 0; i < _requests.Count && active < MaxActive; i++)
            {
                ObjectRequest request = _requests.At(i);
                if (request.Fetch.Check())
                {
                    return 1;
                }

                if (request.Fetch.IsComplete)
                {
                    Unsubscribe(request);
                    _completed += request.WasComplete ? 0 : 1;
                    request.WasComplete = true;
                    continue;
                }

                request.WasComplete = false;
                active++;
                if (_connected)
                {
                    wait = Wait.Shorter(wait, Advance(request, before, now));
                }

                before += request.Fetch.MissingBytes;
            }

            return wait;
        }

        private int Advance(ObjectRequest request, long before, long now)
        {
            if (!request.IsSubscribed)
            {
                request.HasRoom = MakeRoom(before + request.Fetch.MissingBytes, request);
                if (!request.HasRoom)
                {
                    return Wait.Longest;
                }

                request.IsSubscribed = true;
                _hardware.Link.Subscribe(request.Fetch.Topic, false);
                request.Asking.Begin(now, _clock.ToLocal(request.Fetch.NeededAt));
            }

            if (request.Asking.Pause(now) == 0 && IsShut(request))
            {
                return Shut;
            }

            if (request.Asking.IsDue(now))
            {
                _uplink.Send(UpType.ChunkRequest, request.Fetch.Missing().Write());
            }

            return request.Asking.Pause(now);
        }

        private bool IsShut(ObjectRequest request)
        {
            return Gate != null && !request.IsUrgent && !Gate.MayFetch;
        }

        private bool MakeRoom(long bytes, ObjectRequest wanted)
        {
            ArrayList given = new ArrayList();
            long now = _clock.IsSet ? _clock.Now : 0;
            bool made = _index.MakeRoom(bytes, wanted.Fetch.NeededAt, wanted.IsUrgent, now, given);
            for (int i = 0; i < given.Count; i++)
            {
                for (int j = 0; j < _requests.Count; j++)
                {
                    ObjectRequest request = _requests.At(j);
                    if (request.Fetch.Name == (string)given[i])
                    {
                        Unsubscribe(request);
                        request.Fetch.Forget();
                    }
                }
            }

            return made;
        }

        private void Take(ObjectRequest request, ObjectChunk chunk)
        {
            if (IsShut(request))
            {
                // Asked for again: a write may hold the node longer than the silence before the start lasts.
                return;
            }

            ReceiptReason reason = chunk == null ? ReceiptReason.Malformed : request.Fetch.Take(chunk);
            if (reason == ReceiptReason.None)
            {
                request.Asking.Arrived(_clock.Local);
                return;
            }

            _rejections.Tally();
            if (reason == ReceiptReason.StorageFull)
            {
                // Room is looked for again before the next chunk is wanted.
                Unsubscribe(request);
                request.HasRoom = false;
            }
        }

        private void Unsubscribe(ObjectRequest request)
        {
            if (request.IsSubscribed)
            {
                request.IsSubscribed = false;
                _hardware.Link.Unsubscribe(request.Fetch.Topic);
            }
        }
    }
}
