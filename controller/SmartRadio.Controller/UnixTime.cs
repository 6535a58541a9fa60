namespace SmartRadio.Controller;

/// <summary>UnixTime as nodes send them.</summary>
public static class UnixTime
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>
    /// The instant; a value no calendar holds, as from a node whose clock was never set, gives the nearest end.
    /// </summary>
    public static DateTimeOffset FromUnix(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, Last));
}
