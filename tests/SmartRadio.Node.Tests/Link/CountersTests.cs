using SmartRadio.Node.Link;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Link;

public class CountersTests
{
    [Fact]
    public void Counters_cut_at_any_byte_never_go_back()
    {
        for (var cut = 0; cut < 100; cut++)
        {
            var files = new BenchFiles();
            var counters = new Counters(File(files));
            counters.Resume(0, 0);
            Assert.True(counters.Accept(5, World.Dawn));
            var sent = counters.NextUp();
            files.PowerLeft = cut;
            var accepted = Record.Exception(() => counters.Accept(6, World.Dawn)) is null;

            var next = new Counters(File(files.AfterPowerCut()));

            Assert.InRange(next.Command, accepted ? 6 : 5, 6);
            Assert.True(next.NextUp() > sent);
        }
    }

    private static TwoSlotFile File(BenchFiles files) => new(files, "counters", new byte[32]);
}
