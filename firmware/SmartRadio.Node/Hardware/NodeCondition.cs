namespace SmartRadio.Node.Hardware
{
    /// <summary>What the status light says; the first that holds, in this order.</summary>
    public enum NodeCondition
    {
        /// <summary>Output, storage or loudspeaker line do not work, the keys are lost, or the memory is too small.</summary>
        Fault,

        /// <summary>An emergency is on air.</summary>
        Emergency,

        Playing,

        /// <summary>No address: no Wi-Fi, no cable.</summary>
        NoNetwork,

        /// <summary>An address and no connection to the broker.</summary>
        NoBroker,

        /// <summary>Connected, but the controller has not yet said what time it is.</summary>
        ClockUnknown,

        Ready,

        /// <summary>Power is on and nothing is known yet.</summary>
        Booting,

        /// <summary>It belongs to no controller yet and waits for a code.</summary>
        Enrolling,
    }
}
