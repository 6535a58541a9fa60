namespace SmartRadio.Protocol.Codecs
{
    /// <summary>
    /// The IMA ADPCM step rules (IMA Digital Audio Focus Group, 1992) unfolded into two tables, so that a sample costs the
    /// device's interpreter two look-ups. A state is the step index times 16; a row of a table is state plus nibble.
    /// </summary>
    public static class ImaAdpcm
    {
        /// <summary>Step indices are 0 to 88.</summary>
        public const int StepCount = 89;

        private static readonly short[] Steps =
        {
            7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
            130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
            1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
            7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
        };

        private static readonly short[] IndexMoves = { -1, -1, -1, -1, 2, 4, 6, 8 };

        /// <summary>The step of an index, 7 to 32767: the encoder's.</summary>
        public static int Step(int index)
        {
            return Steps[index];
        }

        /// <summary>What a nibble adds to the predictor: <see cref="StepCount"/> × 16 values.</summary>
        public static int[] Differences()
        {
            int[] table = new int[StepCount * 16];
            for (int row = 0; row < table.Length; row++)
            {
                int step = Steps[row >> 4];
                int difference = step >> 3;
                difference += (row & 4) != 0 ? step : 0;
                difference += (row & 2) != 0 ? step >> 1 : 0;
                difference += (row & 1) != 0 ? step >> 2 : 0;
                table[row] = (row & 8) != 0 ? -difference : difference;
            }

            return table;
        }

        /// <summary>The state after a nibble: <see cref="StepCount"/> × 16 values.</summary>
        public static int[] NextStates()
        {
            int[] table = new int[StepCount * 16];
            for (int row = 0; row < table.Length; row++)
            {
                int index = (row >> 4) + IndexMoves[row & 7];
                index = index < 0 ? 0 : index;
                index = index >= StepCount ? StepCount - 1 : index;
                table[row] = index * 16;
            }

            return table;
        }
    }
}
