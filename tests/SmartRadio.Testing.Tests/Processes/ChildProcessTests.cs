using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.Testing.Tests.Processes;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task Process_gives_output_errors_and_exit_code_apart()
    {
        await using var child = Shell("echo out; echo err >&2; exit 3");

        Assert.Equal(3, await child.ExitAsync());
        Assert.Equal(("out", "err"), (child.Output, child.Errors));
    }

    [Fact]
    public async Task Process_answers_what_is_typed_line_by_line()
    {
        await using var child = Shell("while read -r line; do echo noise; echo \"got $line\"; done");

        await child.TypeAsync("one");
        Assert.Equal("got one", await child.SaysAsync("got"));
        await child.TypeAsync("two");
        Assert.Equal("got two", await child.SaysAsync("got"));
        child.CloseInput();

        Assert.Equal(0, await child.ExitAsync());
    }

    [Fact]
    public async Task Process_tells_what_it_said_instead()
    {
        await using var child = Shell("echo something else");

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => child.SaysAsync("ready"));

        Assert.Contains("never said 'ready', but: something else", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_tells_which_program_did_not_end()
    {
        await using var child = Shell("echo begun; exec sleep 60");
        await child.SaysAsync("begun");

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => child.ExitAsync(TimeSpan.FromMilliseconds(10)));

        Assert.Contains("sleep 60 did not end in time. It printed: begun", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_throws_the_errors_of_a_program_that_fails()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ChildProcess.RunAsync("/bin/sh", "-c", "echo bad luck >&2; exit 1"));

        Assert.Equal("/bin/sh ended with 1: bad luck", failure.Message);
    }

    [Fact]
    public async Task Process_takes_its_children_with_it()
    {
        var child = Shell("sleep 60 & echo begun; wait");
        await child.SaysAsync("begun");
        var grandchild = Assert.Single(child.Children());

        await child.DisposeAsync();

        await Poll.UntilAsync("its child has ended", () => !ProcessTable.IsRunning(grandchild));
    }

    [Fact]
    public async Task Process_works_in_its_folder_with_its_variables()
    {
        await using var child = ChildProcess.Start(
            "/bin/sh", ["-c", "pwd; echo \"$WORD\""],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["WORD"] = "said" }, "/");

        await child.ExitAsync();

        Assert.Equal("/\nsaid", child.Output);
    }

    private static ChildProcess Shell(string script) => ChildProcess.Start("/bin/sh", ["-c", script]);
}
