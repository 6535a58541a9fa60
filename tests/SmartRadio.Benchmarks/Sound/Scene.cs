namespace SmartRadio.Benchmarks.Sound;

/// <summary>Where speech is spoken and heard.</summary>
/// <param name="Name">As the table says it.</param>
/// <param name="Noise">Ten dB below the speech.</param>
/// <param name="IsRecorded">The noise is in the recording; else around who hears the node, as loud with the chain as without.</param>
/// <param name="LowerBy">By how many dB the speech is recorded lower than espeak-ng speaks.</param>
internal sealed record Scene(string Name, Noise Noise, bool IsRecorded, double LowerBy);
