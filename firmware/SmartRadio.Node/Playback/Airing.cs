using SmartRadio.Node.Sound;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// A broadcast that is on the output or about to be. UnixTime are µs of the node's own clock, which never steps.
    /// </summary>
    public sealed class Airing
    {
        private int _applied = -1;

        public Airing(BroadcastRecord record, ISound sound)
        {
            Record = record;
            Sound = sound;
        }

        public BroadcastRecord Record { get; }

        public ISound Sound { get; }

        public BroadcastClass Class { get; set; }

        /// <summary>Percent, 0 to 100; 255 = the node's own, which changes by the clock.</summary>
        public int Volume { get; set; }

        /// <summary>Samples from the first to the last.</summary>
        public long Samples { get; set; }

        /// <summary>When the first sample leaves the output.</summary>
        public long StartsAt { get; set; }

        /// <summary>No start after this.</summary>
        public long LatestStart { get; set; }

        /// <summary>Silence from here on: quiet hours.</summary>
        public long CutAt { get; set; }

        /// <summary>True for sound whose position follows the clock, as a stream's does.</summary>
        public bool FollowsClock { get; set; }

        /// <summary>Where position 0 lies, for sound that follows the clock.</summary>
        public long Origin { get; set; }

        /// <summary>After a higher class it goes on where it was cut.</summary>
        public bool Resumes { get; set; }

        /// <summary>Moves a start that is the plan's own by so many µs, because the clock was corrected.</summary>
        public void Shift(long microseconds)
        {
            if (StartsAt == Origin)
            {
                StartsAt += microseconds;
                Origin += microseconds;
                LatestStart += microseconds;
            }
        }

        /// <summary>Counts samples as not played that never left the output.</summary>
        public void TakeBack(long samples)
        {
            Record.Samples -= samples;
            if (!FollowsClock)
            {
                Record.Position -= samples;
            }
        }

        /// <summary>Makes the next samples so loud, in percent; a decoder takes long, so only where it changes.</summary>
        public void Apply(int percent)
        {
            if (percent != _applied)
            {
                _applied = percent;
                Sound.SetVolume(percent);
            }
        }
    }
}
