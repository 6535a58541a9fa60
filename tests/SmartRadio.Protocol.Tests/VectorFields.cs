using System.Text.Json.Nodes;

namespace SmartRadio.Protocol.Tests;

/// <summary>Holds what was read against the fields of a vector, whose names are those of the properties.</summary>
internal static class VectorFields
{
    public static void AssertEqual(JsonNode expected, object actual)
    {
        foreach (var (name, value) in expected.AsObject())
        {
            var property = actual.GetType().GetProperty(char.ToUpperInvariant(name[0]) + name[1..]);
            AssertValue(name, value!, property!.GetValue(actual)!);
        }
    }

    private static void AssertValue(string name, JsonNode expected, object actual)
    {
        switch (actual)
        {
            case byte[] bytes:
                Assert.Equal((string)expected!, Convert.ToHexStringLower(bytes));
                break;
            case string text:
                Assert.Equal((string)expected!, text);
                break;
            case Array items:
                Assert.Equal(expected.AsArray().Count, items.Length);
                for (var i = 0; i < items.Length; i++)
                {
                    AssertItem(name, expected[i]!, items.GetValue(i)!);
                }

                break;
            default:
                Assert.Equal((long)expected, Convert.ToInt64(actual, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void AssertItem(string name, JsonNode expected, object actual)
    {
        if (expected is JsonObject)
        {
            AssertEqual(expected, actual);
        }
        else
        {
            AssertValue(name, expected, actual);
        }
    }
}
