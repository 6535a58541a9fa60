using System.Collections;
using SmartRadio.Node.Clock;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// Airings whose last samples are still on their way out. How they ended is told when those have left, not before.
    /// </summary>
    public sealed class Endings
    {
        private readonly PlayJournal _journal;
        private readonly NodeClock _clock;
        private readonly ArrayList _endings = new ArrayList();

        public Endings(PlayJournal journal, NodeClock clock)
        {
            _journal = journal;
            _clock = clock;
        }

        public int Count
        {
            get { return _endings.Count; }
        }

        /// <summary>The one that leaves last, or null.</summary>
        public Airing Last
        {
            get { return _endings.Count == 0 ? null : ((Ending)_endings[_endings.Count - 1]).Airing; }
        }

        /// <param name="airing">What ended.</param>
        /// <param name="reason">None when it was played to its end.</param>
        /// <param name="at">Local µs at which its last sample leaves.</param>
        /// <param name="samples">Samples of sound in it.</param>
        public void Add(Airing airing, ReceiptReason reason, long at, long samples)
        {
            _endings.Add(new Ending(airing, reason, at, samples));
        }

        /// <summary>True when one of them is of this broadcast, or with 0 when there is any.</summary>
        public bool Include(long broadcast)
        {
            for (int i = 0; i < _endings.Count; i++)
            {
                if (broadcast == 0 || ((Ending)_endings[i]).Airing.Record.Broadcast == broadcast)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>True when none is of this class or a higher one.</summary>
        public bool AreBelow(BroadcastClass soundClass)
        {
            for (int i = 0; i < _endings.Count; i++)
            {
                if (((Ending)_endings[i]).Airing.Class >= soundClass)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Ends them now, the last first, for so many samples of theirs never leave the output.</summary>
        public void Cut(long samples, ReceiptReason reason, long now)
        {
            for (int i = _endings.Count - 1; i >= 0 && ((Ending)_endings[i]).At > now; i--)
            {
                samples -= ((Ending)_endings[i]).Cut(samples, reason, now);
            }
        }

        public bool Holds(BroadcastRecord record)
        {
            for (int i = 0; i < _endings.Count; i++)
            {
                if (((Ending)_endings[i]).Airing.Record == record)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Keeps a broadcast, or with 0 all of them, from resuming.</summary>
        public void Forbid(long broadcast)
        {
            for (int i = 0; i < _endings.Count; i++)
            {
                Airing airing = ((Ending)_endings[i]).Airing;
                airing.Resumes = airing.Resumes && broadcast != 0 && airing.Record.Broadcast != broadcast;
            }
        }

        /// <summary>Tells of those whose last sample has left, or of all when the output is off.</summary>
        public void Settle(bool outputIsOff)
        {
            while (_endings.Count > 0 && (outputIsOff || _clock.Local >= ((Ending)_endings[0]).At))
            {
                Note((Ending)_endings[0]);
                _endings.RemoveAt(0);
            }
        }

        private void Note(Ending ending)
        {
            BroadcastRecord record = ending.Airing.Record;
            bool resumes = ending.Reason == ReceiptReason.Preempted && ending.Airing.Resumes;
            record.State = resumes ? BroadcastState.Suspended : BroadcastState.Done;
            ReceiptStep step = ending.Reason == ReceiptReason.None ? ReceiptStep.Finished : ReceiptStep.Interrupted;
            _journal.Note(record.Broadcast, step, ending.Reason, _clock.ToUnix(ending.At), record.Samples);
        }

        private sealed class Ending
        {
            private readonly long _samples;

            public Ending(Airing airing, ReceiptReason reason, long at, long samples)
            {
                Airing = airing;
                Reason = reason;
                At = at;
                _samples = samples;
            }

            public Airing Airing { get; }

            public ReceiptReason Reason { get; private set; }

            public long At { get; private set; }

            public long Cut(long samples, ReceiptReason reason, long now)
            {
                long cut = samples < _samples ? samples : _samples;
                Airing.TakeBack(cut);
                Reason = Reason == ReceiptReason.None ? reason : Reason;
                At = now;
                return cut;
            }
        }
    }
}
