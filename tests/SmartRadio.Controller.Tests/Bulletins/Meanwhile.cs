using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>Has something else happen once a share of the work is done; the work waits for it.</summary>
/// <param name="share">0 to 1.</param>
/// <param name="act">What happens, once.</param>
internal sealed class Meanwhile(double share, Func<Task> act) : IProgress<double>
{
    private bool _happened;

    public void Report(double value)
    {
        if (!_happened && value >= share)
        {
            _happened = true;
            Assert.True(act().Wait(Poll.Patience));
        }
    }
}
