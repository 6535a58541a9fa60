using System.Globalization;
using System.Text.RegularExpressions;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

/// <summary>The pins of the program against the module and the wiring picture.</summary>
public sealed partial class WiringTests
{
    /// <summary>Read as the chip starts, or taken by flash, octal PSRAM, USB and the port that flashes.</summary>
    private static readonly int[] Taken = [0, 19, 20, .. Enumerable.Range(26, 12), 43, 44, 45, 46];

    private static readonly (string Name, int Number)[] Pins =
    [
        .. Constant().Matches(File.ReadAllText(Path.Combine(Repository.Firmware, "SmartRadio.Node.Esp32", "Board", "Pins.cs")))
            .Select(match => (Name: match.Groups["name"].Value, Number: Number(match)))
            // Channel n of the first converter is GPIO n + 1.
            .Select(pin => pin.Name.EndsWith("Channel", StringComparison.Ordinal) ? (pin.Name, pin.Number + 1) : pin),
    ];

    [Fact]
    public void No_pin_serves_two_things() =>
        Assert.Equal(Pins.Length, Pins.Select(pin => pin.Number).Distinct().Count());

    [Fact]
    public void Pins_are_free_on_a_module_with_octal_PSRAM() =>
        Assert.All(Pins, pin => Assert.DoesNotContain(pin.Number, Taken));

    [Fact]
    public void No_analogue_voltage_lies_on_the_pin_that_the_chip_reads_as_it_starts() => Assert.DoesNotContain(
        Pins, pin => pin.Number == 3 && pin.Name.EndsWith("Channel", StringComparison.Ordinal));

    [Fact]
    public void Every_pin_is_in_the_picture()
    {
        var picture = File.ReadAllText(Path.Combine(Repository.Firmware, "wiring.svg"));

        Assert.Equal(Pins.Select(pin => pin.Number).Order(), Drawn().Matches(picture).Select(Number).Order());
    }

    private static int Number(Match match) => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"public const int (?<name>\w+) = (?<number>\d+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constant();

    [GeneratedRegex(@">(?<number>\d+)( [RT]X)?</text>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Drawn();
}
