namespace SmartRadio.Simulation.World;

internal static class Spans
{
    public static long Microseconds(this TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static long Milliseconds(this TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;
}
