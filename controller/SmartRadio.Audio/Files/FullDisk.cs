namespace SmartRadio.Audio.Files;

/// <summary>Tells a full disk from other failures to write.</summary>
public static class FullDisk
{
    private const int NoSpace = 28; // ENOSPC of Linux
    private const int QuotaExceeded = 122; // EDQUOT of Linux
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool Is(IOException error) => error.HResult is NoSpace or QuotaExceeded or WindowsDiskFull;

    internal static AudioRefusedException Refusal(IOException error) => new(AudioRefusal.DiskFull, error.Message, error);
}
