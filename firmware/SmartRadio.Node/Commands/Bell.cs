using SmartRadio.Protocol;

namespace SmartRadio.Node
{
    /// <summary>Rings the chime when someone asks for a test, if the output is free and the rules allow.</summary>
    public sealed class Bell
    {
        /// <summary>No class: whatever is planned goes before it.</summary>
        private const BroadcastClass NoClass = 0;

        private const int Milliseconds = ChimeSound.Samples * 1000 / ChimeSound.ToneRate;

        /// <summary>µs by which the chime may be late.</summary>
        private const long Patience = 1000000;

        private readonly PlanStore _plan;
        private readonly NodeClock _clock;
        private readonly AirRules _rules;
        private readonly Speaker _speaker;
        private readonly Player _player;

        public Bell(PlanStore plan, NodeClock clock, AirRules rules, Speaker speaker, Player player)
        {
            _plan = plan;
            _clock = clock;
            _rules = rules;
            _speaker = speaker;
            _player = player;
        }

        /// <param name="volume">Percent; 255 = the node's own.</param>
        public ReceiptReason Ring(int volume)
        {
            if (_player.Current != null || _player.Next != null)
            {
                return ReceiptReason.Busy;
            }

            long startsAt = _speaker.Earliest(ChimeSound.ToneRate);
            long instant = _clock.ToUnix(startsAt);
            ReceiptReason refusal = _rules.Check(NoClass, instant, Milliseconds);
            if (refusal != ReceiptReason.None)
            {
                return refusal;
            }

            ChimeSound sound = new ChimeSound();
            sound.SetVolume(_plan.VolumeOf(volume));
            Airing airing = new Airing(new BroadcastRecord(), sound);
            airing.Class = NoClass;
            airing.Samples = ChimeSound.Samples;
            airing.StartsAt = startsAt;
            airing.LatestStart = startsAt + Patience;
            airing.CutAt = _clock.ToLocal(_rules.NextQuiet(NoClass, instant));
            _player.Reserve(airing);
            return ReceiptReason.None;
        }
    }
}
