using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

// They measure instants: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
