using System;
using System.Collections;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Objects
{
    /// <summary>
    /// What is needed, by the plan and beside it, on its way into the index and the requests: in slices, because for a plan of 64
    /// all of it would hold the device for too long.
    /// </summary>
    internal sealed class ObjectNeeds
    {
        private const int Nothing = 0;
        private const int FindingPlaces = 1;
        private const int EnteringObjects = 2;
        private const int NotingNeeds = 3;
        private const int StoringNeeds = 4;
        private const int ArrangingRequests = 5;

        private readonly ObjectIndex _index;
        private readonly RequestedObjects _requests;
        private PlanEntry[] _planned = new PlanEntry[0];
        private PlanEntry _wanted;
        private int _step = Nothing;

        public ObjectNeeds(ObjectIndex index, RequestedObjects requests)
        {
            _index = index;
            _requests = requests;
        }

        /// <summary>What a plan needs, in place of what was needed; slices take it over.</summary>
        public void Plan(PlanEntry[] entries)
        {
            _planned = entries;
            _step = FindingPlaces;
        }

        /// <summary>What is needed beside the plan, or null; slices take it over.</summary>
        public void Want(PlanEntry entry)
        {
            _wanted = entry;
            _step = FindingPlaces;
        }

        /// <summary>Takes over a slice; null while there is more, then the requests that are needed no longer.</summary>
        public ArrayList TakeSlice()
        {
            switch (_step)
            {
                case FindingPlaces:
                    _index.FindPlaces(_planned.Length + 1);
                    _step = EnteringObjects;
                    return null;
                case EnteringObjects:
                    _index.Enter(Needed());
                    _step = NotingNeeds;
                    return null;
                case NotingNeeds:
                    _index.Note(Needed());
                    _step = StoringNeeds;
                    return null;
                case StoringNeeds:
                    // On the medium before any of it is written.
                    _index.SaveChanges();
                    _step = ArrangingRequests;
                    return null;
                case ArrangingRequests:
                    _step = Nothing;
                    return _requests.Arrange(Needed());
                default:
                    return new ArrayList();
            }
        }

        private PlanEntry[] Needed()
        {
            if (_wanted == null)
            {
                return _planned;
            }

            PlanEntry[] entries = new PlanEntry[_planned.Length + 1];
            Array.Copy(_planned, 0, entries, 0, _planned.Length);
            entries[_planned.Length] = _wanted;
            return entries;
        }
    }
}
