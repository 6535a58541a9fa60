using System.Globalization;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>What a number that a person gives may be.</summary>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="IsWhole">Fractions are refused.</param>
internal sealed record ValueRange(double Least, double Most, string Unit, bool IsWhole = true)
{
    /// <exception cref="FleetException">The value is outside; it is called by the name.</exception>
    public void Check(string name, double value)
    {
        if (!Holds(value))
        {
            throw new FleetException($"{name} must be {this}.");
        }
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="FleetException">It is none, or outside.</exception>
    public double Read(string text) =>
        double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && Holds(value)
            ? value
            : throw new FleetException($"'{text}' is not {this}.");

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture, $"{(IsWhole ? "a whole number" : "a number")} from {Least} to {Most} ({Unit})");

    // What is not a number is in no range.
    private bool Holds(double value) => value >= Least && value <= Most && (!IsWhole || double.IsInteger(value));
}
