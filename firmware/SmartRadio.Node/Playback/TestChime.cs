using SmartRadio.Node.Clock;
using SmartRadio.Node.Sound;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Playback
{
    /// <summary>Plays the chime when somebody asks for a test, if the output is free and the rules allow.</summary>
    public sealed class TestChime
    {
        /// <summary>No class: whatever is planned goes before it.</summary>
        private const BroadcastClass NoClass = 0;

        private const int Milliseconds = ChimeSound.Samples * 1000 / ChimeSound.ToneRate;

        /// <summary>µs before a start in which no chime begins.</summary>
        private const long Near = 1000000;

        /// <summary>µs by which the chime may be late.</summary>
        private const long Patience = 1000000;

        private readonly NodeClock _clock;
        private readonly AirRules _rules;
        private readonly Player _player;

        public TestChime(NodeClock clock, AirRules rules, Player player)
        {
            _clock = clock;
            _rules = rules;
            _player = player;
        }

        /// <param name="volume">Percent; 255 = the node's own.</param>
        public ReceiptReason Play(int volume)
        {
            if (_player.Current != null || (_player.Next != null && _player.Next.StartsAt - _clock.Local < Near))
            {
                return ReceiptReason.Busy;
            }

            long startsAt = _player.Earliest(ChimeSound.ToneRate, NoClass);
            long instant = _clock.ToUnix(startsAt);
            ReceiptReason reason = _rules.Check(NoClass, instant, Milliseconds);
            if (reason != ReceiptReason.None)
            {
                return reason;
            }

            Airing airing = new Airing(new BroadcastRecord(), new ChimeSound());
            airing.Class = NoClass;
            airing.Volume = volume;
            airing.Samples = ChimeSound.Samples;
            airing.StartsAt = startsAt;
            airing.LatestStart = startsAt + Patience;
            airing.CutAt = _clock.ToLocal(_rules.NextQuiet(NoClass, instant));
            _player.Reserve(airing);
            return ReceiptReason.None;
        }
    }
}
