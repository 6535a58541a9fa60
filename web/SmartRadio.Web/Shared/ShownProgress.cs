using SmartRadio.Controller.Broadcasts;

namespace SmartRadio.Web.Shared;

/// <summary>How far a broadcast got, as all pages show it.</summary>
internal static class ShownProgress
{
    // Every codec so far runs at 8 kHz.
    private const double SampleRate = 8_000;

    /// <summary>The class of its tag, or null for the plain one.</summary>
    public static string? Shade(BroadcastProgress progress) => progress switch
    {
        BroadcastProgress.Sounding or BroadcastProgress.Heard => "on",
        BroadcastProgress.Waiting or BroadcastProgress.Cancelled => null,
        _ => "warn",
    };

    /// <summary>How long the samples that a receipt counts sounded.</summary>
    public static TimeSpan Heard(long samples) => TimeSpan.FromSeconds(samples / SampleRate);
}
