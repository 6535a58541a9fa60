namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>Tests that measure instants, or load the machine: one at a time, when nothing else runs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InstantsCollection
{
    public const string Name = "instants";
}
