using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

// Browsers and programs share the cores of a small machine.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
