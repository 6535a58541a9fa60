using SmartRadio.Node.Clock;
using SmartRadio.Node.Objects;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// When the device may do what stops every thread: look a name up, shake hands over TLS, collect garbage, start again. Times
    /// before a start count only while the node's clock is set, for otherwise nothing starts.
    /// </summary>
    public sealed class CalmTimes : IFetchGate
    {
        /// <summary>ms before a start in which no attempt to connect begins.</summary>
        private const long BeforeStart = 5000;

        /// <summary>The same of one that looks a name up, which a name server that keeps silent makes long.</summary>
        private const long BeforeLookUp = 15000;

        /// <summary>ms before a start in which no garbage is collected on purpose.</summary>
        private const long BeforeCollection = 10000;

        /// <summary>ms before a start in which nothing is fetched.</summary>
        private const long BeforeFetch = 2000;

        /// <summary>ms before a start, and after it, in which the node does not restart.</summary>
        private const long BeforeRestart = 120000;

        private const long AfterStart = 5000;

        /// <summary>
        /// Seconds of a programme: in a longer one, whose node no stop would reach for so long, a pause serves for an attempt.
        /// </summary>
        private const long LongProgramme = 600;

        private readonly NodeClock _clock;
        private readonly PlanStore _plan;
        private readonly PlayJournal _journal;
        private readonly Player _player;

        public CalmTimes(NodeClock clock, PlanStore plan, PlayJournal journal, Player player)
        {
            _clock = clock;
            _plan = plan;
            _journal = journal;
            _player = player;
        }

        /// <summary>
        /// Whether an attempt to connect may begin that looks the broker's name up: not from 15 s before a start to the end of a
        /// sound from storage. Live sound needs the link and does not keep from it.
        /// </summary>
        public bool MayStall
        {
            get { return IsFree && !StartsWithin(BeforeLookUp, false); }
        }

        /// <summary>
        /// Whether one may begin that knows the address: not from 5 s before a start to the end of a sound from storage, but in a
        /// pause of one that lasts longer than ten minutes.
        /// </summary>
        public bool MayStallBriefly
        {
            get { return (IsFree || IsInLongPause) && !StartsWithin(BeforeStart, false); }
        }

        /// <summary>Whether garbage may be collected on purpose: nothing sounds, and nothing starts within 10 s.</summary>
        public bool MayCollect
        {
            get { return IsSilent && !StartsWithin(BeforeCollection, false); }
        }

        /// <summary>Whether chunks may be asked for and kept: nothing whose sound is there starts within 2 s.</summary>
        public bool MayFetch
        {
            get { return !StartsWithin(BeforeFetch, true); }
        }

        /// <summary>Whether the node may start again: nothing is on air, and no start is near, planned or just past.</summary>
        public bool MayRestart
        {
            get
            {
                long now = _clock.Now;
                int entries = _plan.Current == null ? 0 : _plan.Current.Entries.Length;
                for (int i = 0; i < entries; i++)
                {
                    long start = _plan.Current.Entries[i].Start;
                    if (now > start - BeforeRestart && now < start + AfterStart)
                    {
                        return false;
                    }
                }

                return IsSilent;
            }
        }

        private bool IsFree
        {
            get
            {
                Airing current = _player.Current;
                bool isNextFar = _player.Next == null || _player.Next.StartsAt - _clock.Local > BeforeStart * 1000;
                return isNextFar && (current == null ? !_player.IsSounding : current.FollowsClock);
            }
        }

        private bool IsInLongPause
        {
            get
            {
                Airing current = _player.Current;
                return current != null && !current.FollowsClock && current.Samples > LongProgramme * current.Sound.Rate
                    && _player.Next == null && _player.IsInPause;
            }
        }

        private bool IsSilent
        {
            get { return _player.Current == null && _player.Next == null && !_player.IsSounding; }
        }

        /// <summary>Whether a broadcast that still waits starts within so many ms from now on.</summary>
        /// <param name="milliseconds">How many.</param>
        /// <param name="onlyReady">Only those whose sound is on the node count.</param>
        private bool StartsWithin(long milliseconds, bool onlyReady)
        {
            int entries = !_clock.IsSet || _plan.Current == null ? 0 : _plan.Current.Entries.Length;
            long now = entries == 0 ? 0 : _clock.Now;
            for (int i = 0; i < entries; i++)
            {
                PlanEntry entry = _plan.Current.Entries[i];
                if (entry.Start > now && entry.Start - now <= milliseconds && IsWaiting(entry, onlyReady))
                {
                    return true;
                }
            }

            return false;
        }

        private bool IsWaiting(PlanEntry entry, bool onlyReady)
        {
            BroadcastRecord record = _journal.Find(entry.Broadcast);
            if (record == null || !record.IsWaiting)
            {
                return false;
            }

            return !onlyReady || record.State != BroadcastState.Received || BuiltInSound.Of(entry.ObjectId) != BuiltInSound.None;
        }
    }
}
