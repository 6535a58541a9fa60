using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace SmartRadio.Controller.Releases;

/// <summary>How a release reaches the nodes, stage by stage.</summary>
public sealed class ReleaseOptions
{
    /// <summary>How long the nodes of one stage must run a release before the next stage is told.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "366.00:00:00")]
    public TimeSpan RolloutSoak { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>After so long on-line without a result a node counts as failed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "366.00:00:00")]
    public TimeSpan RolloutPatience { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>Between two looks at a rollout.</summary>
    [ConfigurationKeyName("Watch:Rollouts")]
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan WatchRollouts { get; set; } = TimeSpan.FromSeconds(5);
}
