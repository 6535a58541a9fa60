namespace SmartRadio.Audio;

/// <summary>What was mended in a sound that came in. Its author should know, and may record it again.</summary>
[Flags]
public enum SoundRepairs
{
    None = 0,

    /// <summary>Its channels cancelled each other: the loudest was taken alone.</summary>
    OppositeChannels = 1,

    /// <summary>Some of its channels or tracks were silent: those with sound were taken.</summary>
    SilentChannels = 2,

    /// <summary>Parts of it were much louder than others: they were made equally loud.</summary>
    Evened = 4,
}
