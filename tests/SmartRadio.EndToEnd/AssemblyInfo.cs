using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

// Two at a time; those of InstantsCollection one at a time, after the others.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
