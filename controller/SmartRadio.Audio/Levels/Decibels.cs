namespace SmartRadio.Audio.Levels;

internal static class Decibels
{
    public static double ToFactor(double decibels) => Math.Pow(10, decibels / 20);
}
