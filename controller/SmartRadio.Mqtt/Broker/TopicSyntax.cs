namespace SmartRadio.Mqtt.Broker;

/// <summary>What names may hold (MQTT 5, 1.5.4 and 4.7).</summary>
internal static class TopicSyntax
{
    private const int MaxLength = 512;

    /// <summary>False for U+0000 and for what was no UTF-8: MQTTnet's decoder puts U+FFFD in its place.</summary>
    public static bool IsText(string? text) => text is null || text.AsSpan().IndexOfAny('\0', '\uFFFD') < 0;

    public static bool IsTopic(string? name) =>
        name is { Length: > 0 and <= MaxLength } && IsText(name) && name.AsSpan().IndexOfAny('+', '#') < 0;

    /// <summary>A wildcard stands alone in its level, and <c>#</c> in the last.</summary>
    public static bool IsFilter(string? name)
    {
        var levels = name is { Length: > 0 and <= MaxLength } && IsText(name) ? name.Split('/') : [];
        return levels.Length > 0
            && Array.TrueForAll(levels, level => level.Length == 1 || level.AsSpan().IndexOfAny('+', '#') < 0)
            && Array.IndexOf(levels, "#") is var hash && (hash < 0 || hash == levels.Length - 1);
    }
}
