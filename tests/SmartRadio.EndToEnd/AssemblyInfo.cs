using System.Runtime.Versioning;
using SmartRadio.EndToEnd.Surroundings;

[assembly: SupportedOSPlatform("linux")]

// Two at a time; those of InstantsCollection one at a time, after the others.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
