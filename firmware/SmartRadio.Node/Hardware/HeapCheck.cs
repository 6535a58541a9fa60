namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// Whether the program has the memory that it was measured for. A firmware image that cannot use the module's PSRAM starts
    /// all the same and says nothing: it leaves some 130 KB instead of megabytes.
    /// </summary>
    public static class HeapCheck
    {
        /// <summary>
        /// Bytes that must be free at the start. A whole node takes less than half of it (docs/firmware-memory.md).
        /// </summary>
        public const long Least = 1024 * 1024;

        /// <param name="freeBytes">Of the managed heap, at the start.</param>
        public static bool IsTooSmall(long freeBytes)
        {
            return freeBytes < Least;
        }

        /// <summary>What to say of a heap that is too small, behind a space.</summary>
        public static string Trouble(long freeBytes)
        {
            return " Only " + (freeBytes / 1024) + " KB of memory are free: the firmware image does not use the module's PSRAM. Flash ESP32_S3_OCTAL.";
        }
    }
}
