using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>35 °C, 12 V, and a signal that may sag once a minute and come back.</summary>
internal sealed class Sensors(NodeProfile profile, TimeProvider time) : ISensors
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly long _since = time.GetTimestamp();

    public int Signal
    {
        get
        {
            var turns = time.GetElapsedTime(_since) / Period;
            return profile.Signal - (int)Math.Round(profile.Sag * (1 - Math.Cos(2 * Math.PI * turns)) / 2);
        }
    }

    public int Temperature => 350;

    public int Supply => 12_000;
}
