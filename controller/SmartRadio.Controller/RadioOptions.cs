namespace SmartRadio.Controller;

/// <summary>Settings of the controller, section "SmartRadio".</summary>
public sealed class RadioOptions
{
    /// <summary>Folder that holds everything worth keeping: database, sounds, keys.</summary>
    public string Data { get; set; } = "data";

    /// <summary>IANA name of the time zone in which people schedule.</summary>
    public string TimeZone { get; set; } = "Asia/Ho_Chi_Minh";

    /// <summary>Largest sound file people may bring, in bytes. An hour of CD-quality WAV has 635 million.</summary>
    public long MaxUploadBytes { get; set; } = 1L << 30;

    public MqttOptions Mqtt { get; set; } = new();

    /// <summary>How long a node's enrolment code can be traded.</summary>
    public TimeSpan EnrolmentCodeLifetime { get; set; } = TimeSpan.FromHours(48);

    /// <summary>How far ahead schedules are turned into broadcasts and put into nodes' plans.</summary>
    public TimeSpan PlanAhead { get; set; } = TimeSpan.FromDays(7);

    /// <summary>From "now" to the first sample, so that command and first sound are at the nodes in time.</summary>
    public TimeSpan NowLead { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The same for an emergency.</summary>
    public TimeSpan EmergencyLead { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Bytes a second at which objects are sent ahead to all who listen, all objects together; 128 KB/s leaves room on a 4G line that carries a few nodes.</summary>
    public int ObjectRate { get; set; } = 128 * 1024;

    /// <summary>Bytes a second at which chunks that single nodes lack are sent to these, all together. One node's line gets no more than <see cref="ObjectRate"/>.</summary>
    public int ObjectRepairRate { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Bytes a second that objects may take of the broker's own line, one for each listener: 100 MB/s is most of a gigabit line and
    /// leaves room for live sound. With more than a few hundred listeners this, not <see cref="ObjectRate"/>, sets the pace.
    /// </summary>
    public int ObjectLineRate { get; set; } = 100_000_000;

    /// <summary>Local time at which nodes that spare data begin to fetch their sounds; the same as <see cref="NightTo"/> = at any time.</summary>
    public TimeOnly NightFrom { get; set; } = new(22, 0);

    /// <summary>Local time at which they stop.</summary>
    public TimeOnly NightTo { get; set; } = new(5, 0);

    public WatchOptions Watch { get; set; } = new();

    /// <summary>How long the nodes of one stage must run a release before the next stage is told.</summary>
    public TimeSpan RolloutSoak { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>After so long on-line without a result a node counts as failed.</summary>
    public TimeSpan RolloutPatience { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How late a broadcast aired by hand may start on a node that was out of reach.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>How often the controller looks for what has come due. Many nodes on slow machines may want it less often.</summary>
public sealed class WatchOptions
{
    /// <summary>Between two looks for broadcasts that are over.</summary>
    public TimeSpan Ends { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks for broadcasts that start soon; each looks three times as far ahead.</summary>
    public TimeSpan Starts { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two times that what nodes say of themselves is written down.</summary>
    public TimeSpan Fleet { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long receipts are gathered before they are stored in one transaction and acknowledged; zero = no longer than the last one takes.</summary>
    public TimeSpan Receipts { get; set; } = TimeSpan.Zero;

    /// <summary>Between two looks for what nodes that spare data may fetch now.</summary>
    public TimeSpan Night { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at a rollout.</summary>
    public TimeSpan Rollouts { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After so long a silence a node counts as off-line: three heartbeats and a little.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(100);
}

public sealed class MqttOptions
{
    /// <summary>Broker to connect to; null = the embedded one, on loopback.</summary>
    public string? Host { get; set; }

    /// <summary>Port of the broker, embedded or not.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>Account at a broker that is not embedded. The embedded one makes an account of its own at every start.</summary>
    public string UserName { get; set; } = "controller";

    public string? Password { get; set; }

    /// <summary>Address on which the embedded broker listens.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>Host that nodes are told to connect to; null = where the controller's broker is, as they reached it.</summary>
    public string? NodeHost { get; set; }

    /// <summary>Port that nodes are told, where it is another than <see cref="Port"/>.</summary>
    public int? NodePort { get; set; }

    /// <summary>Nodes speak TLS there: for another broker, or a TLS proxy before the embedded one, which says so itself of <see cref="TlsPort"/>.</summary>
    public bool NodeTls { get; set; }

    /// <summary>A second port of the embedded broker, over TLS with the certificate of the pages: nodes are told this one. Null = none, 0 takes a free one.</summary>
    public int? TlsPort { get; set; }
}
