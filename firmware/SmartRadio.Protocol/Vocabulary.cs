using SmartRadio.Protocol.Reports;

namespace SmartRadio.Protocol
{
    /// <summary>Sound formats. The value is also the bit number in <see cref="Hello.Codecs"/>.</summary>
    public enum CodecId : byte
    {
        None = 0,

        /// <summary>G.711 µ-law at 8 kHz, 64 kbit/s: every node plays it.</summary>
        ULaw8 = 1,

        /// <summary>IMA ADPCM at 8 kHz in WAV blocks of 256 bytes, 32 kbit/s.</summary>
        Ima8 = 2,

        /// <summary>G.711 µ-law at 16 kHz, 128 kbit/s.</summary>
        ULaw16 = 3,

        /// <summary>MP3, for nodes with a decoder chip.</summary>
        Mp3 = 4,
    }

    /// <summary>Class of a broadcast. A higher value pre-empts a lower one; equal never pre-empts equal.</summary>
    public enum BroadcastClass : byte
    {
        Relay = 1,
        Normal = 2,
        Priority = 3,
        Live = 4,
        Emergency = 5,
    }

    /// <summary>What a node finds on its loudspeaker line while it plays.</summary>
    public enum LineState : byte
    {
        NotMeasured = 0,

        /// <summary>As loud as the samples say.</summary>
        Fine = 1,

        /// <summary>Samples go out and hardly anything reaches the line: amplifier dead, or the line short.</summary>
        Silent = 2,

        /// <summary>Far more than expected: no loudspeaker loads the line.</summary>
        Open = 3,
    }

    /// <summary>How far a node is with an update of its program.</summary>
    public enum UpdateState : byte
    {
        None = 0,

        /// <summary>The release is on its way to the node.</summary>
        Fetching = 1,

        /// <summary>It lies in a slot; the node starts it when nothing is on air or about to be.</summary>
        Staged = 2,

        /// <summary>The new program runs and has not yet proved itself.</summary>
        Trial = 3,

        /// <summary>It did not prove itself: the program before it runs again.</summary>
        RolledBack = 4,

        /// <summary>It could not be installed: no room, or what came is no release.</summary>
        Failed = 5,
    }

    /// <summary>What a receipt says happened.</summary>
    public enum ReceiptStep : byte
    {
        /// <summary>The plan entry is stored on the node.</summary>
        Received = 1,

        /// <summary>The object is complete on the node and its hash matches the plan.</summary>
        Verified = 2,

        /// <summary>The first sample left the output.</summary>
        Started = 3,

        /// <summary>The last sample left the output.</summary>
        Finished = 4,

        /// <summary>Playing ended early; samples say how much was heard.</summary>
        Interrupted = 5,

        /// <summary>The node would not do what a verified command or plan asked.</summary>
        Rejected = 6,

        /// <summary>The latest start passed without a sample.</summary>
        Missed = 7,
    }

    /// <summary>Why a step went as it did.</summary>
    public enum ReceiptReason : byte
    {
        None = 0,

        /// <summary>A broadcast of a higher class took the output.</summary>
        Preempted = 1,

        /// <summary>Stopped by the controller.</summary>
        Stopped = 2,

        /// <summary>Stopped by the button on the node.</summary>
        LocalStop = 3,

        QuietHours = 4,

        /// <summary>The daily limit of minutes is used up.</summary>
        Limit = 5,

        /// <summary>The sound was not on the node in time.</summary>
        NoSound = 6,

        /// <summary>Another broadcast of the same or a higher class held the output until the latest start.</summary>
        Busy = 7,

        /// <summary>The node was switched off or its clock was not set at the start.</summary>
        NotRunning = 8,

        Unauthenticated = 9,
        Replayed = 10,
        Expired = 11,
        Malformed = 12,
        UnknownCodec = 13,
        StorageFull = 14,

        /// <summary>The live stream ended or broke off before the end.</summary>
        StreamLost = 15,

        OutputFailed = 16,
    }
}
