using System.ComponentModel.DataAnnotations;
using System.Net;

namespace SmartRadio.Controller.Link;

/// <summary>Names addresses and networks (CIDR), with commas between; empty names none.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NetworksAttribute()
    : ValidationAttribute("{0} must name addresses or networks such as 192.0.2.0/24, with commas between.")
{
    /// <exception cref="FormatException">One of them is no network.</exception>
    public static IReadOnlyList<IPNetwork> Read(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(NetworkOf)];

    public override bool IsValid(object? value)
    {
        try
        {
            return value is string text && Read(text).Count >= 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static IPNetwork NetworkOf(string text) =>
        IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8) : IPNetwork.Parse(text);
}
