namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>A node in good health: fair signal, 35 °C, 12 V.</summary>
internal sealed class SteadySensors : ISensors
{
    public int Signal => -67;

    public int Temperature => 350;

    public int Supply => 12_000;
}
