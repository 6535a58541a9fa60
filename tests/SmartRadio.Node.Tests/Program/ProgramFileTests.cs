using System.Text;
using System.Text.RegularExpressions;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Tests.Program;

/// <summary>Files of nodes and profiles, with anything in them.</summary>
public sealed partial class ProgramFileTests : IDisposable
{
    private const string Nodes =
        """{"broker":{"host":"127.0.0.1","port":1883},"nodes":[{"id":"0011223344556677","name":"Loa","secret":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}]}""";
    private const string Profile = """{"storage":"3MB","drift":40,"ringDrift":-20,"flashDelay":30,"signal":-75,"sag":20}""";

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "99999999999999999999999", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[]",
        "{}", "[null]", "[[[1]]]", "NaN", "'", "",
    ];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("smartradio-files-").FullName, "it.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Files_of_nodes_are_taken_or_refused_with_a_sentence() => All(Nodes, () => FleetFile.Read(_path));

    [Fact]
    public void Files_of_a_profile_are_taken_or_refused_with_a_sentence() => All(Profile, () => NodeProfile.Read(_path));

    [Theory]
    [InlineData(
        """{"sigal":-75}""",
        "is not a profile in JSON: in line 1, $.sigal does not belong there or has a value of the wrong kind.")]
    [InlineData(
        "{\n\"signal\":\"far\"}",
        "is not a profile in JSON: in line 2, $.signal does not belong there or has a value of the wrong kind.")]
    [InlineData(
        """{"sag":1,"sag":2}""",
        "is not a profile in JSON: in line 1, $.sag does not belong there or has a value of the wrong kind.")]
    [InlineData("""{"sag":x}""", "is not a profile in JSON: in line 1, 'x' is an invalid start of a value.")]
    [InlineData("""{"signal":5}""", ": signal must be a whole number from -100 to -20 (dBm).")]
    [InlineData(
        """{"storage":null}""", ": '' is no size of a storage such as 3MB: a whole number from 1 to 100000 and KB, MB or GB.")]
    [InlineData("", "is empty.")]
    public void Files_are_refused_with_the_place_of_what_is_wrong(string content, string expected)
    {
        File.WriteAllText(_path, content);

        Assert.Equal(
            _path + (expected[0] == ':' ? expected : " " + expected),
            Assert.Throws<FleetException>(() => NodeProfile.Read(_path)).Message);
    }

    [Fact]
    public void Files_of_an_enrolled_node_are_read_as_they_were_written()
    {
        NodeFile.Write(
            _path, new BrokerAddress("2001:db8::1", 1883, Tls: true),
            new FleetNode([0, 1, 2, 3, 4, 5, 6, 7], "Loa \"đình\"", StubController.Secret));

        var read = FleetFile.Read(_path);

        Assert.Equal(new BrokerAddress("2001:db8::1", 1883, Tls: true), read.Broker);
        Assert.Equal("Loa \"đình\"", Assert.Single(read.Nodes).Name);
        Assert.Equal(StubController.Secret, read.Nodes[0].Secret);
    }

    private void All(string whole, Action read)
    {
        File.WriteAllText(_path, whole);
        read();
        var refused = Wrong(whole).Count(content =>
        {
            File.WriteAllBytes(_path, content);
            return IsRefused(content, read);
        });
        Assert.True(refused > whole.Length, $"Only {refused} were refused.");
    }

    private bool IsRefused(byte[] content, Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (FleetException problem)
        {
            Assert.StartsWith(_path, problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', problem.Message);
            Assert.DoesNotContain("System.", problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("SmartRadio.", problem.Message, StringComparison.Ordinal);
            return true;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Reading {Encoding.Latin1.GetString(content)}", e);
        }
    }

    /// <summary>The file cut off after each byte, with each byte changed, and with each value and each name replaced.</summary>
    private static IEnumerable<byte[]> Wrong(string whole)
    {
        var bytes = Encoding.UTF8.GetBytes(whole);
        for (var at = 0; at < bytes.Length; at++)
        {
            yield return bytes[..at];
            foreach (var other in new byte[] { 0, (byte)'"', (byte)'{', (byte)'9', 0x80, 0xFF })
            {
                yield return [.. bytes[..at], other, .. bytes[(at + 1)..]];
            }
        }

        foreach (var part in Part().Matches(whole).Cast<Match>())
        {
            foreach (var value in Values)
            {
                yield return Encoding.UTF8.GetBytes(whole[..part.Index] + value + whole[(part.Index + part.Length)..]);
            }
        }

        yield return Encoding.UTF8.GetBytes(new string('[', 10_000));
        yield return Encoding.Unicode.GetBytes(whole);
    }

    /// <summary>A name or a value of one of these files, or a whole list or object.</summary>
    [GeneratedRegex("\"[^\"]*\"|-?[0-9]+|\\[.*\\]|\\{.*\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
