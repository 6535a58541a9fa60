namespace SmartRadio.Audio.Tests.Setting;

/// <summary>Hears of progress at once, on the thread that made it.</summary>
internal sealed class Progression(Action<double> hear) : IProgress<double>
{
    public void Report(double value) => hear(value);
}
