using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>Reads what people may have written by hand, and says in one sentence what is wrong with it and where.</summary>
internal static class JsonFile
{
    /// <summary>Bytes; ten thousand nodes take less than two million.</summary>
    private const long Longest = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        // A misspelt name would leave what it means as it is, in silence.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, such as "a profile".</param>
    /// <exception cref="FleetException">It is missing, too long or something else.</exception>
    public static T Read<T>(string path, string kind)
        where T : class
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.CanSeek && file.Length > Longest)
            {
                throw new FleetException($"{path} is not {kind}: it has more than {Longest / (1024 * 1024)} MB.");
            }

            return (file.CanSeek && file.Length == 0 ? null : JsonSerializer.Deserialize<T>(file, Format))
                ?? throw new FleetException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new FleetException($"{path} is not {kind} in JSON: {Reason(e)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path} cannot be read: {e.Message}");
        }
    }

    private static string Reason(JsonException e)
    {
        // What is no JSON at all is explained by the reader, with the place in brackets of its own behind it.
        var what = e.InnerException is JsonException { Message: var syntax }
            && syntax.IndexOf(" LineNumber", StringComparison.Ordinal) is > 0 and var end
            ? syntax[..end]
            : $"{e.Path ?? "something"} does not belong there or has a value of the wrong kind.";
        return $"in line {(e.LineNumber ?? 0) + 1}, {what}";
    }
}
