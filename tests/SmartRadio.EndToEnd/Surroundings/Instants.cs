namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>Marks tests that measure instants or wait for real time: <c>test</c> runs them when no browser works.</summary>
internal static class Instants
{
    public const string Category = "Category";

    public const string Name = "Instants";
}
