namespace SmartRadio.Node.Tests.Bench;

internal static class PowerCuts
{
    /// <summary>Cuts a change at each byte it writes and opens the store again.</summary>
    public static void CutEverywhere<T>(
        Tear tear, Func<BenchFiles, T> open, Action<T> before, Action<T> change, Func<T, string> describe, Action<T>? last = null)
    {
        var start = new BenchFiles { Tear = tear };
        before(open(start));
        var old = describe(open(start.AfterPowerCut()));
        var whole = start.AfterPowerCut();
        var store = open(whole);
        var opening = whole.Written;
        change(store);
        var young = describe(open(whole.AfterPowerCut()));
        Assert.NotEqual(old, young);

        var seen = new HashSet<string>();
        for (var cut = 0; cut < whole.Written - opening; cut++)
        {
            var files = start.AfterPowerCut();
            store = open(files);
            last?.Invoke(store);
            files.PowerLeft = cut;
            Assert.Throws<PowerCut>(() => change(store));

            var state = describe(open(files.AfterPowerCut()));
            Assert.True(state == old || state == young, $"Cut after {cut} bytes: {state}");
            seen.Add(state);

            files = files.AfterPowerCut();
            store = open(files);
            change(store);
            Assert.Equal(young, describe(open(files.AfterPowerCut())));
        }

        Assert.Contains(old, seen);
    }
}
