using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Controller;

/// <summary>
/// The most that a person, an API key and the whole may make or ask. Each room checks its own part. The table in
/// docs/operations.md lists them all; a test compares it.
/// </summary>
public sealed class LimitOptions
{
    public const string Section = RoomOptions.Section + ":Limits";

    /// <summary>Levels of the area tree; a root is the first.</summary>
    [Range(1, 64)]
    public int AreaDepth { get; set; } = 16;

    /// <summary>Areas in all.</summary>
    [Range(1, 1_000_000)]
    public int Areas { get; set; } = 20_000;

    /// <summary>Nodes in service.</summary>
    [Range(1, 1_000_000)]
    public int Nodes { get; set; } = 20_000;

    /// <summary>Nodes in service and nodes that were revoked, whose rows stay as proof.</summary>
    [Range(1, 10_000_000)]
    public int AllNodes { get; set; } = 100_000;

    /// <summary>People in all, those kept out too: their rows stay as proof.</summary>
    [Range(1, 1_000_000)]
    public int People { get; set; } = 10_000;

    /// <summary>Roles in all, each at its area.</summary>
    [Range(1, 10_000_000)]
    public int Roles { get; set; } = 50_000;

    /// <summary>Roles of one person.</summary>
    [Range(1, 100_000)]
    public int PersonRoles { get; set; } = 200;

    /// <summary>Keys of one person that are neither ended nor expired.</summary>
    [Range(1, 100_000)]
    public int ApiKeys { get; set; } = 100;

    /// <summary>Schedules that are neither cancelled nor over.</summary>
    [Range(1, 1_000_000)]
    public int Schedules { get; set; } = 10_000;

    /// <summary>The same of one person.</summary>
    [Range(1, 1_000_000)]
    public int PersonSchedules { get; set; } = 2000;

    /// <summary>
    /// Broadcasts that one person aired and that are not over; fewer than the places of a plan. Of emergencies as many again.
    /// </summary>
    [Range(1, 100_000)]
    public int PersonBroadcasts { get; set; } = 50;

    /// <summary>The same of all people.</summary>
    [Range(1, 1_000_000)]
    public int Broadcasts { get; set; } = 5000;

    /// <summary>
    /// Broadcasts that one person aired within 24 hours, over or not: their rows stay as proof. Of emergencies as many again.
    /// </summary>
    [Range(1, 1_000_000)]
    public int PersonDayBroadcasts { get; set; } = 500;

    /// <summary>Areas and nodes that those schedules name, each schedule's counted.</summary>
    [Range(1, 100_000_000)]
    public int ScheduleIds { get; set; } = 200_000;

    /// <summary>The same of one person's schedules.</summary>
    [Range(1, 100_000_000)]
    public int PersonScheduleIds { get; set; } = 50_000;

    /// <summary>Bulletins in all.</summary>
    [Range(1, 10_000_000)]
    public int Bulletins { get; set; } = 100_000;

    /// <summary>Bulletins in one programme.</summary>
    [Range(1, 1000)]
    public int ProgrammeBulletins { get; set; } = 30;

    /// <summary>The length of a melody that opens or closes bulletins.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MelodyLength { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Words that one area says in its own way, or all together.</summary>
    [Range(1, 10_000)]
    public int AreaWords { get; set; } = 500;

    /// <summary>The same of all areas.</summary>
    [Range(1, 10_000_000)]
    public int Words { get; set; } = 50_000;

    /// <summary>Texts that one person is writing.</summary>
    [Range(1, 10_000)]
    public int PersonDrafts { get; set; } = 50;

    /// <summary>Templates of one area, or of all together.</summary>
    [Range(1, 10_000)]
    public int AreaTemplates { get; set; } = 100;

    /// <summary>The same of all areas.</summary>
    [Range(1, 10_000_000)]
    public int Templates { get; set; } = 50_000;

    /// <summary>Groups of loudspeakers of one area.</summary>
    [Range(1, 10_000)]
    public int AreaGroups { get; set; } = 100;

    /// <summary>The same of all areas; the rows of groups that were removed stay and count.</summary>
    [Range(1, 10_000_000)]
    public int Groups { get; set; } = 20_000;

    /// <summary>Complaints that are kept; the public form fills half of them.</summary>
    [Range(1, 10_000_000)]
    public int Complaints { get; set; } = 200_000;

    /// <summary>Complaints by the public form within an hour.</summary>
    [Range(1, 1_000_000)]
    public int HourComplaints { get; set; } = 300;

    /// <summary>The same about one loudspeaker.</summary>
    [Range(1, 1_000_000)]
    public int NodeHourComplaints { get; set; } = 20;

    /// <summary>The same in one area, without those below it.</summary>
    [Range(1, 1_000_000)]
    public int AreaHourComplaints { get; set; } = 60;

    /// <summary>What one person notes of residents within a day.</summary>
    [Range(1, 1_000_000)]
    public int PersonDayComplaints { get; set; } = 500;

    /// <summary>The same from one address; a mobile network has many people behind one.</summary>
    [Range(1, 1_000_000)]
    public int AddressHourComplaints { get; set; } = 10;

    /// <summary>How long a loudspeaker's recording of a broadcast is kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "366.00:00:00")]
    public TimeSpan RecordingAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>What all of these may take, in units of 1,000,000 bytes; the oldest make room.</summary>
    [Range(1, 1_000_000)]
    public int RecordingMegabytes { get; set; } = 2000;

    /// <summary>Releases of the device program.</summary>
    [Range(1, 100_000)]
    public int Releases { get; set; } = 1000;

    /// <summary>Rollouts, over or not; each has a row for each node.</summary>
    [Range(1, 100_000)]
    public int Rollouts { get; set; } = 1000;

    /// <summary>Ids in the lists of one request.</summary>
    [Range(1, 1_000_000)]
    public int Ids { get; set; } = 10_000;

    /// <summary>Changes of one person that wait for their turn or are being made; stops are not counted.</summary>
    [Range(1, 10_000)]
    public int PersonChanges { get; set; } = 32;

    /// <summary>
    /// Changes that one person asks for within a day, those of each right by themselves: each leaves rows that stay. Stops are
    /// not counted.
    /// </summary>
    [Range(1, 10_000_000)]
    public int PersonDayChanges { get; set; } = 50_000;

    /// <summary>Event streams of one session, one a page that is open.</summary>
    [Range(1, 10_000)]
    public int SessionStreams { get; set; } = 6;

    /// <summary>Event streams in all.</summary>
    [Range(1, 100_000)]
    public int Streams { get; set; } = 500;

    /// <summary>
    /// Connections to pages and API, over all ports. With those of the embedded broker below the limit of open files.
    /// </summary>
    [Range(2, 1_000_000)]
    public int PageConnections { get; set; } = 4000;

    /// <summary>Of these from one address, IPv6 by its /64; trusted proxies are not bounded.</summary>
    [Range(1, 1_000_000)]
    public int AddressPageConnections { get; set; } = 1000;

    /// <summary>
    /// Connections to the embedded broker from one address; this machine and <c>Mqtt:FreeNetworks</c> are not bounded.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AddressConnections { get; set; } = 2000;

    /// <summary>Of these that have not signed in.</summary>
    [Range(1, 1_000_000)]
    public int AddressStrangers { get; set; } = 128;

    /// <summary>Sounds that one person has spoken or prepared at once.</summary>
    [Range(1, 1000)]
    public int PersonSounds { get; set; } = 2;

    /// <summary>Sounds that are spoken or prepared at once, or wait for it; one more is kept for emergencies.</summary>
    [Range(1, 1000)]
    public int Sounds { get; set; } = 8;

    /// <summary>How long the body of an upload may take to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan UploadTime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Bytes a second with which a request's body arrives at least, on an average; a slow line gives more.</summary>
    [Range(1, 1_000_000)]
    public int UploadRate { get; set; } = 1000;

    /// <summary>
    /// Refuses a request whose lists hold too many ids, or null in the place of one, before anything is looked up.
    /// </summary>
    /// <param name="nodes">Ids of nodes. A body of JSON may hold null there.</param>
    /// <param name="field">The name of their list.</param>
    /// <param name="others">Number of other ids.</param>
    /// <exception cref="RefusedException"><see cref="Refusal.TooManyIds"/>, <see cref="Refusal.Malformed"/>.</exception>
    public void CheckIds(IReadOnlyCollection<string?> nodes, string field, int others = 0)
    {
        if (nodes.Count + others > Ids)
        {
            throw new RefusedException(Refusal.TooManyIds, Ids);
        }

        if (nodes.Contains(null))
        {
            throw new RefusedException(Refusal.Malformed, field);
        }
    }
}
