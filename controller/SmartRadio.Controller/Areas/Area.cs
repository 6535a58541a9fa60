using System.Globalization;

namespace SmartRadio.Controller.Areas;

/// <summary>
/// One unit of the area tree, of any depth: province, commune, hamlet. Units keep their code when they merge or change
/// name, so an area is known by (code, valid-from) and history keeps pointing at the old one.
/// </summary>
public sealed class Area
{
    public long Id { get; set; }

    public long? ParentId { get; set; }

    /// <summary>The administrative code, unique together with <see cref="ValidFrom"/>.</summary>
    public required string Code { get; set; }

    public required string Name { get; set; }

    /// <summary>What people call a unit of this level: "Tỉnh", "Xã", "Thôn". Only a label.</summary>
    public required string Level { get; set; }

    /// <summary>
    /// <see cref="NameLook"/> of level and name, stored so that one beside another is found without reading all.
    /// </summary>
    public string Look
    {
        get => NameLook.Of($"{Level} {Name}");
        private set => _ = value;
    }

    public DateOnly ValidFrom { get; set; }

    /// <summary>First day on which the unit no longer exists.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Quiet hours of this area and all below that set none of their own; null = inherited.</summary>
    public QuietHours? QuietHours { get; set; }

    /// <summary>Most minutes of sound a local day, emergencies exempt; null = inherited.</summary>
    public int? MinutesPerDay { get; set; }

    /// <summary>The languages of this area and all below that set none of their own; null = inherited.</summary>
    public LanguageOrder? Languages { get; set; }

    /// <summary>How loud by time of day the nodes are here, and below where nothing else is set; null = inherited.</summary>
    public DayVolume? DayVolume { get; set; }

    /// <summary>A mark of the rules that it sets itself, see <see cref="ShownMark"/>.</summary>
    public string RulesMark => ShownMark.Of(QuietHours?.ToString(), MinutesPerDay, Languages?.Names, DayVolume?.ToString());

    /// <summary>Until then what people air here and below is an exercise; null = it is none. See <see cref="SetExercise"/>.</summary>
    public DateTimeOffset? ExerciseUntil { get; set; }
}

/// <summary>
/// A daily span of local time in which only an emergency sounds; it may run over midnight. Equal ends mean none.
/// </summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>What holds where no area says otherwise. The first common broadcasts of the day are at 05:00.</summary>
    public static QuietHours Default { get; } = new(new TimeOnly(22, 0), new TimeOnly(4, 45));

    public static QuietHours None { get; } = new(TimeOnly.MinValue, TimeOnly.MinValue);

    /// <summary>Reads what <see cref="ToString"/> writes: "22:00-04:45".</summary>
    public static QuietHours Parse(string text)
    {
        var ends = text.Split('-');
        return new(
            TimeOnly.ParseExact(ends[0], "HH:mm", CultureInfo.InvariantCulture),
            TimeOnly.ParseExact(ends[1], "HH:mm", CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm}-{To:HH:mm}");

    /// <summary>The same as minutes after midnight; two spans when it runs over midnight.</summary>
    public IReadOnlyList<(int From, int To)> Spans()
    {
        const int Day = 24 * 60;
        var (from, to) = ((int)From.ToTimeSpan().TotalMinutes, (int)To.ToTimeSpan().TotalMinutes);
        return from == to ? [] : from < to ? [(from, to)] : [(0, to), (from, Day)];
    }

    public bool Contains(TimeOnly local) => From != To && local.IsBetween(From, To);

    /// <summary>Whether any part of a sound falls into these hours. A sound that ends just as they begin does not.</summary>
    public bool Touches(DateTime localStart, TimeSpan length)
    {
        var start = TimeOnly.FromDateTime(localStart);
        return From != To && (Contains(start) || From - start < length);
    }
}
