using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Controller.Nodes.Enrolment;

/// <summary>How devices become nodes.</summary>
public sealed class EnrolmentOptions
{
    /// <summary>How long a node's enrolment code can be traded.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan EnrolmentCodeLifetime { get; set; } = TimeSpan.FromHours(48);
}
