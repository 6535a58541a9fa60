namespace SmartRadio.Controller.Link;

/// <summary>One start of the controller. Its number is the high half of every command counter of that run.</summary>
public sealed class ControllerRun
{
    /// <summary>Unix seconds of the start, or one more than the run before when the clock has gone back.</summary>
    public long Id { get; set; }

    public DateTimeOffset StartedAt { get; set; }
}
