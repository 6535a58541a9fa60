using SmartRadio.Node.Objects;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Sound;
using SmartRadio.Node.Streams;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Plans
{
    /// <summary>Finds the sound of a broadcast: built in, from its verified object, or from its stream.</summary>
    public sealed class SoundSource
    {
        private readonly ObjectLibrary _objects;
        private readonly OpenStreams _streams;

        public SoundSource(ObjectLibrary objects, OpenStreams streams)
        {
            _objects = objects;
            _streams = streams;
        }

        /// <summary>Another number when an object has become complete or others are needed.</summary>
        public int Changes
        {
            get { return _objects.Changes; }
        }

        /// <summary>None when a sound can be opened now, otherwise why not.</summary>
        /// <param name="entry">The broadcast.</param>
        /// <param name="position">Sample at which a stream would be joined: one that is over by then is no sound any
        /// more.</param>
        public ReceiptReason Look(PlanEntry entry, long position)
        {
            if (BuiltInSound.Of(entry.ObjectId) != BuiltInSound.None || HasObject(entry))
            {
                return ReceiptReason.None;
            }

            if (HasStream(entry))
            {
                return position < entry.Samples ? ReceiptReason.None : ReceiptReason.NoSound;
            }

            ObjectRequest request = _objects.Find(entry.ObjectId);
            return request != null && !request.HasRoom ? ReceiptReason.StorageFull : ReceiptReason.NoSound;
        }

        /// <summary>True when its sound is on the node, built in or as an object.</summary>
        public bool IsStored(PlanEntry entry)
        {
            return BuiltInSound.Of(entry.ObjectId) != BuiltInSound.None || HasObject(entry);
        }

        /// <summary>True when the whole object is on the node and checked.</summary>
        public bool HasObject(PlanEntry entry)
        {
            ObjectRequest request = _objects.Find(entry.ObjectId);
            return request != null && request.Fetch.IsComplete;
        }

        /// <summary>An airing of the broadcast, ready to be reserved, or null when its sound has gone.</summary>
        /// <param name="planned">The broadcast.</param>
        /// <param name="volume">Percent at its start.</param>
        public Airing Open(PlannedEntry planned, int volume)
        {
            PlanEntry entry = planned.Entry;
            ISound sound = OpenStored(entry);
            bool isStream = sound == null && HasStream(entry);
            if (isStream)
            {
                IncomingStream stream = _streams.Find(entry.Broadcast);
                sound = new StreamSound(stream.Buffer, Decoders.For(stream.Codec), stream.Codec);
            }

            if (sound == null)
            {
                return null;
            }

            Airing airing = new Airing(planned.Record, sound);
            airing.Volume = entry.Volume;
            airing.Apply(volume);
            if (!isStream)
            {
                sound.Seek(planned.Record.Position);
            }

            airing.Class = entry.Class;
            airing.Samples = entry.Samples;
            airing.Resumes = (entry.Flags & PlanEntry.Resume) != 0;
            airing.FollowsClock = isStream;
            return airing;
        }

        /// <summary>Lets go of the stream of a broadcast that is over.</summary>
        public void Close(PlanEntry entry)
        {
            _streams.Close(entry.Broadcast);
        }

        private ISound OpenStored(PlanEntry entry)
        {
            switch (BuiltInSound.Of(entry.ObjectId))
            {
                case BuiltInSound.Chime: return new ChimeSound();
                case BuiltInSound.Siren: return new SirenSound();
            }

            ObjectReader reader = HasObject(entry) ? _objects.Find(entry.ObjectId).Fetch.Open() : null;
            return reader == null ? null : new ObjectSound(reader, Decoders.For(entry.Codec), SoundFormat.Rate(entry.Codec));
        }

        private bool HasStream(PlanEntry entry)
        {
            IncomingStream stream = _streams.Find(entry.Broadcast);
            return stream != null && !stream.Buffer.IsEmpty && SoundFormat.Rate(stream.Codec) == SoundFormat.Rate(entry.Codec);
        }
    }
}
