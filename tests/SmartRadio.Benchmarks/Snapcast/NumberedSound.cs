using System.Buffers.Binary;
using System.Diagnostics;

namespace SmartRadio.Benchmarks.Snapcast;

/// <summary>
/// A sound whose samples say which they are: 48,000 Hz, two channels of 16 bits that hold 15 bits each of their own number.
/// </summary>
internal static class NumberedSound
{
    public const int Rate = 48_000;
    private const int FrameSize = 4;
    private const int Piece = Rate / 50;

    /// <summary>Writes the sound at its own pace until it is cancelled.</summary>
    public static async Task SayAsync(Stream to, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var bytes = new byte[Piece * FrameSize];
        for (var first = 1; ; first += Piece)
        {
            for (var i = 0; i < Piece; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * FrameSize), (short)((first + i) & 0x7FFF));
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * FrameSize + 2), (short)((first + i) >> 15));
            }

            await to.WriteAsync(bytes, cancellation);
            var ahead = TimeSpan.FromSeconds((double)(first + Piece) / Rate) - Stopwatch.GetElapsedTime(began);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, cancellation);
            }
        }
    }

    /// <summary>
    /// Reads what a player writes, as it writes it, and notes for each block when it came against the number of its first sample:
    /// a player that is a millisecond late is late by one in all of them.
    /// </summary>
    /// <param name="heard">Is given the instant, and the seconds between it and where the sample lies in the sound; called on
    /// another thread.</param>
    public static void Hear(FileStream from, Action<long, double> heard)
    {
        var bytes = new byte[65536];
        var kept = 0;
        while (from.Read(bytes, kept, bytes.Length - kept) is var read and > 0)
        {
            var now = Stopwatch.GetTimestamp();
            var whole = (kept + read) / FrameSize * FrameSize;
            if (whole > 0)
            {
                var number = BinaryPrimitives.ReadUInt16LittleEndian(bytes)
                    + (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2)) << 15);
                if (number > 0)
                {
                    heard(now, (double)now / Stopwatch.Frequency - (double)number / Rate);
                }
            }

            kept = kept + read - whole;
            bytes.AsSpan(whole, kept).CopyTo(bytes);
        }
    }
}
