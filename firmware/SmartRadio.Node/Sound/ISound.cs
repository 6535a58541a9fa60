using SmartRadio.Protocol;

namespace SmartRadio.Node.Sound
{
    /// <summary>Where a broadcast's samples come from.</summary>
    public interface ISound
    {
        /// <summary>Samples a second.</summary>
        int Rate { get; }

        /// <summary>True when what the last read stands for is a gap in which there is nothing to hear.</summary>
        bool IsGap { get; }

        /// <summary>What it means when <see cref="Read"/> gives no more before the broadcast's end.</summary>
        ReceiptReason Failure { get; }

        /// <summary>Percent, 0 to 100.</summary>
        void SetVolume(int percent);

        /// <summary>Goes to a sample, counted from the broadcast's start.</summary>
        void Seek(long position);

        /// <summary>
        /// The next samples, 1 to <paramref name="samples"/>, 16-bit little-endian at the start of <paramref name="pcm"/>;
        /// 0 when the sound can give no more.
        /// </summary>
        int Read(byte[] pcm, int samples);
    }
}
