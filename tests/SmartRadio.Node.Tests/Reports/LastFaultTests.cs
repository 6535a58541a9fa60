using System.Text;
using SmartRadio.Node.Reports;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Tests.Reports;

public class LastFaultTests
{
    private readonly BenchFiles _files = new();

    [Fact]
    public void Fault_is_kept_by_type_and_place_and_without_its_message()
    {
        LastFault.Keep(_files, Thrown("the secret"));

        var kept = LastFault.Read(_files.AfterPowerCut());
        Assert.StartsWith($"System.InvalidOperationException at {typeof(LastFaultTests).FullName}.", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, 1, Health.MaxFault);
    }

    [Fact]
    public void Fault_that_was_never_thrown_is_told_by_its_type() =>
        Assert.Equal("System.FormatException", LastFault.Of(new FormatException()));

    [Fact]
    public void Newest_fault_counts()
    {
        LastFault.Keep(_files, new FormatException());
        LastFault.Keep(_files, new TimeoutException());

        Assert.Equal("System.TimeoutException", LastFault.Read(_files));
    }

    [Theory]
    [InlineData("")]
    [InlineData("System.\u0001")]
    [InlineData("Lỗi")]
    public void File_that_holds_no_such_line_is_passed_over(string content)
    {
        _files.Write(LastFault.Name, Encoding.UTF8.GetBytes(content));

        Assert.Equal(string.Empty, LastFault.Read(_files));
    }

    [Fact]
    public void Full_storage_loses_it_and_throws_nothing()
    {
        _files.TotalBytes = 0;
        LastFault.Keep(_files, new FormatException());

        Assert.Equal(string.Empty, LastFault.Read(_files));
    }

    [Fact]
    public void Node_tells_the_controller_what_ended_the_program_before()
    {
        var station = new Station { LastFault = "System.Exception at A::B [IP: 0012]" }.Boot();

        station.Connect();
        station.RunFor(30_000);

        Assert.Equal("System.Exception at A::B [IP: 0012]", station.Healths[^1].LastFault);
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
