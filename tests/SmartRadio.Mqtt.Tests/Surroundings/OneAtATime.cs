namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>For tests with hundreds of clients: others that wait for an answer must not wait for them.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
