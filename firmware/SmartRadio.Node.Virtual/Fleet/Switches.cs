using System.CommandLine;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>Switches whose values are checked as they are read: what is wrong is said by the switch's name.</summary>
internal static class Switches
{
    /// <summary>One that takes a text, such as a path, which is never empty.</summary>
    public static Option<string?> Text(string name, string description, bool isRequired = false) =>
        Read(name, text => string.IsNullOrWhiteSpace(text) ? throw new FleetException("it must not be empty.") : text,
            description, isRequired);

    /// <summary>One that takes a number in a range.</summary>
    public static Option<double?> Number(string name, ValueRange range, string description) =>
        Read<double?>(name, text => range.Read(text), description);

    /// <summary>One that takes what a reader makes of its text, or refuses.</summary>
    public static Option<T?> Read<T>(string name, Func<string, T> read, string description, bool isRequired = false) => new(name)
    {
        Description = description,
        Required = isRequired,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = given =>
        {
            try
            {
                return read(given.Tokens[0].Value);
            }
            catch (FleetException problem)
            {
                given.AddError($"{name}: {problem.Message}");
                return default;
            }
        },
    };
}
