using System.Text.RegularExpressions;

namespace SmartRadio.Architecture.Tests.Files;

/// <summary>
/// A hash of a password or a recovery code takes a tenth of a second on purpose. Inside a change all others would wait for it, a
/// stop too: a command hashes first.
/// </summary>
public sealed partial class SlowHashTests
{
    /// <summary>Change nothing themselves; whoever calls them is looked at.</summary>
    private static readonly string[] Helpers = ["ProofCheck.cs", "Passwords.cs", "RecoveryCodes.cs"];

    [Fact]
    public void Command_hashes_before_its_change()
    {
        var callers = Tree.Sources.Where(source => source.StartsWith("controller/", StringComparison.Ordinal))
            .Select(source => (Source: source, Text: string.Join('\n', Tree.Lines(source))))
            .Where(file => Hash().IsMatch(file.Text) && !Helpers.Contains(Path.GetFileName(file.Source), StringComparer.Ordinal))
            .ToList();

        Assert.True(callers.Count > 5);
        Assert.Empty(
            from file in callers
            let change = file.Text.IndexOf(".ApplyAsync(", StringComparison.Ordinal)
            where change < Hash().Matches(file.Text).Max(match => match.Index)
            select file.Source);
    }

    [GeneratedRegex(
        @"\b(RecoveryCodes\.Hash(es)?Of|Passwords\.SetAsync|proofs\.CheckAsync|HashPassword|VerifyHashedPassword)\(",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hash();
}
