using System.Collections.Frozen;
using System.Reflection;

namespace SmartRadio.Controller;

/// <summary>
/// Why something a person asked for was not done: codes that any room may use. Each room declares its own in a class of constants
/// marked <see cref="RefusalCodesAttribute"/>. The screens hold a Vietnamese and an English sentence for each code.
/// </summary>
[RefusalCodes]
public static class Refusal
{
    public const string TitleMissing = nameof(TitleMissing);

    public const string TitleTooLong = nameof(TitleTooLong);

    public const string NameMissing = nameof(NameMissing);

    public const string NameTooLong = nameof(NameTooLong);

    public const string ControlCharacters = nameof(ControlCharacters);

    public const string TextMissing = nameof(TextMissing);

    public const string TextTooLong = nameof(TextTooLong);

    /// <summary>Names the field or parameter that cannot be read.</summary>
    [Refusal(RefusalKind.Malformed)]
    public const string Malformed = nameof(Malformed);

    /// <summary>With the most ids that the lists of a request may hold.</summary>
    public const string TooManyIds = nameof(TooManyIds);

    /// <summary>With the most changes of one person that wait for their turn.</summary>
    [Refusal(RefusalKind.TooMany)]
    public const string TooManyChanges = nameof(TooManyChanges);

    /// <summary>With the most changes of one person within a day.</summary>
    [Refusal(RefusalKind.TooMany)]
    public const string TooManyDayChanges = nameof(TooManyDayChanges);

    /// <summary>Whoever asks lacks the right, or is no person.</summary>
    [Refusal(RefusalKind.Forbidden)]
    public const string NotAllowed = nameof(NotAllowed);

    /// <summary>Somebody else has changed what the person saw.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string ChangedMeanwhile = nameof(ChangedMeanwhile);

    [Refusal(RefusalKind.DiskFull)]
    public const string DiskFull = nameof(DiskFull);

    /// <summary>The kind of every code that is declared.</summary>
    public static FrozenDictionary<string, RefusalKind> Kinds { get; } =
        (from type in typeof(Refusal).Assembly.GetTypes()
         where type.IsDefined(typeof(RefusalCodesAttribute), inherit: false)
         from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
         where field.IsLiteral
         let kind = field.GetCustomAttribute<RefusalAttribute>()?.Kind ?? RefusalKind.Invalid
         select (Code: (string)field.GetRawConstantValue()!, kind))
        .ToFrozenDictionary(declared => declared.Code, declared => declared.kind, StringComparer.Ordinal);
}

/// <summary>What a refusal means to whoever called; the API answers with a status for each.</summary>
public enum RefusalKind
{
    /// <summary>Read and understood, but not acceptable.</summary>
    Invalid,

    /// <summary>Not readable.</summary>
    Malformed,

    /// <summary>It names something that does not exist, or that the person may not see.</summary>
    Unknown,

    /// <summary>The state of things does not allow it now.</summary>
    Conflict,

    Forbidden,

    TooLarge,

    /// <summary>A part of the machine that is needed is missing or too slow.</summary>
    Unavailable,

    DiskFull,

    /// <summary>All places for such work are taken; it may be asked again soon.</summary>
    TooMany,
}

/// <summary>Marks a class of constants that are refusal codes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RefusalCodesAttribute : Attribute;

/// <summary>The kind of a refusal code; without it <see cref="RefusalKind.Invalid"/>.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class RefusalAttribute(RefusalKind kind) : Attribute
{
    public RefusalKind Kind { get; } = kind;
}

/// <summary>Thrown by a command that is not carried out; nothing was changed.</summary>
/// <param name="refusal">A refusal code.</param>
/// <param name="values">What the sentence names: a limit, a name, an instant.</param>
public sealed class RefusedException(string refusal, params object[] values) : Exception(refusal)
{
    public string Refusal { get; } = refusal;

    public RefusalKind Kind { get; } = SmartRadio.Controller.Refusal.Kinds[refusal];

    public IReadOnlyList<object> Values { get; } = values;

    /// <summary>What it is about where it could be one of several, as the name of a file; null = what was asked for.</summary>
    public string? Subject { get; private init; }

    /// <summary>The same, said of something that has a name.</summary>
    public RefusedException About(string? subject) => new(Refusal, [.. Values]) { Subject = subject };
}
