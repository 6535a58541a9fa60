namespace SmartRadio.Testing.Processes;

/// <summary>How mosquitto is configured, beside its port.</summary>
public sealed record MosquittoSetting
{
    /// <summary>Passwords by user name. With none, everybody may connect; with some, nobody else may.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The lines of an ACL file (mosquitto.conf(5), acl_file); with none, all topics are free.</summary>
    public IReadOnlyList<string> Acl { get; init; } = [];

    /// <summary>Further lines of its configuration (mosquitto.conf(5)), for its one listener.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
