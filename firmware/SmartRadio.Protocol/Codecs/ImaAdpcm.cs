namespace SmartRadio.Protocol.Codecs
{
    /// <summary>
    /// The IMA ADPCM step rules (IMA Digital Audio Focus Group, 1992) unfolded into two tables, so that a sample costs the
    /// device's interpreter two look-ups. A state is the step index times 16; a row of a table is state plus nibble.
    /// The tables are written out in <see cref="ImaTables"/>: to compute them took the device 131,700 instructions at a start.
    /// </summary>
    public static class ImaAdpcm
    {
        /// <summary>Step indices are 0 to 88.</summary>
        public const int StepCount = 89;

        /// <summary>The nibble that adds a whole step and the eighth that each nibble adds.</summary>
        private const int WholeStep = 4;

        private static int[] _differences;
        private static short[] _nextStates;

        /// <summary>The step of an index, 7 to 32767: the encoder's.</summary>
        public static int Step(int index)
        {
            int[] differences = Differences();
            return differences[(index * 16) + WholeStep] - differences[index * 16];
        }

        /// <summary>What a nibble adds to the predictor: <see cref="StepCount"/> × 16 values, to be read only.</summary>
        public static int[] Differences()
        {
            // Made when first asked for: the loader has no time for static constructors.
            if (_differences == null)
            {
                _differences = ImaTables.Differences();
            }

            return _differences;
        }

        /// <summary>The state after a nibble: <see cref="StepCount"/> × 16 values, to be read only.</summary>
        public static short[] NextStates()
        {
            if (_nextStates == null)
            {
                _nextStates = ImaTables.NextStates();
            }

            return _nextStates;
        }
    }
}
