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

        /// <param name="airing">What ended.</param>
        /// <param name="reason">None when it was played to its end.</param>
        /// <param name="at">Local µs at which its last sample leaves.</param>
        public void Add(Airing airing, ReceiptReason reason, long at)
        {
            _endings.Add(new Ending(airing, reason, at));
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
            public Ending(Airing airing, ReceiptReason reason, long at)
            {
                Airing = airing;
                Reason = reason;
                At = at;
            }

            public Airing Airing { get; }

            public ReceiptReason Reason { get; }

            public long At { get; }
        }
    }
}
