using System.Collections;
using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SmartRadio.Audio.Reading;
using SmartRadio.Controller;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Releases;
using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;
using SmartRadio.Web.Schedules;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Tests.Text;

/// <summary>Every word of the screens and every sentence is there in both languages.</summary>
public sealed partial class LanguageTests
{
    private static readonly Dictionary<string, string> ScreenVi = Read(typeof(ScreenText), CultureInfo.InvariantCulture);
    private static readonly Dictionary<string, string> ScreenEn = Read(typeof(ScreenText), new CultureInfo("en"));
    private static readonly Dictionary<string, string> SentencesVi = Read(typeof(RefusalText), CultureInfo.InvariantCulture);
    private static readonly Dictionary<string, string> SentencesEn = Read(typeof(RefusalText), new CultureInfo("en"));

    [Fact]
    public void Both_languages_hold_the_same_with_the_same_placeholders()
    {
        AssertSame("ScreenText", ScreenVi, ScreenEn);
        AssertSame("RefusalText", SentencesVi, SentencesEn);
        foreach (var (key, text) in ScreenVi.Concat(SentencesVi))
        {
            var english = ScreenEn.GetValueOrDefault(key) ?? SentencesEn[key];
            Assert.NotEmpty(text);
            Assert.NotEmpty(english);
            Assert.True(Placeholders(text).SetEquals(Placeholders(english)), $"{key}: {text} / {english}");
        }
    }

    [Fact]
    public void Every_refusal_has_its_sentence_that_says_what_happened()
    {
        foreach (var refusal in Refusal.Kinds.Keys)
        {
            Assert.True(
                SentencesVi.TryGetValue(refusal, out var sentence), $"Text/RefusalText.resx has no sentence \"{refusal}\".");
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
            Assert.EndsWith(".", SentencesEn[refusal], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_state_class_and_reason_has_its_word()
    {
        Type[] shown = [typeof(Role), typeof(BroadcastClass), typeof(BroadcastState), typeof(TargetState), typeof(ReceiptReason),
            typeof(BroadcastProgress), typeof(BroadcastOutcome), typeof(Rhythm), typeof(ClashOutcome), typeof(VietnamHoliday),
            typeof(HolidayRule), typeof(BulletinOrigin), typeof(BulletinState), typeof(Cue), typeof(PartKind), typeof(DayOfWeek),
            typeof(RejectedBy), typeof(RejectedReason),
            typeof(LineState), typeof(UpdateState), typeof(RolloutState), typeof(RolloutFailure),
            typeof(ReadingDoubt), typeof(ComplaintKind), typeof(ComplaintState)];
        var missing = shown.SelectMany(type => Enum.GetNames(type).Select(name => $"{type.Name}.{name}"))
            .Where(key => !ScreenVi.ContainsKey(key));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_action_of_the_audit_log_has_its_word()
    {
        var actions = Sources("controller/SmartRadio.Controller", "*.cs").SelectMany(text => Actions().Matches(text))
            .Select(match => match.Groups["key"].Value);
        Assert.All(actions, action => Assert.True(
            ScreenVi.ContainsKey("Action." + action),
            $"Text/ScreenText.resx has no text \"Action.{action}\" for the audit log."));
    }

    [Fact]
    public void Audit_log_tells_in_English_what_was_done() => Assert.All(
        ScreenEn.Where(text => text.Key.StartsWith("Action.", StringComparison.Ordinal)),
        action => Assert.Matches(Past(), action.Value));

    [Fact]
    public void Every_text_that_pages_ask_for_is_there_and_none_lies_unused()
    {
        var sources = Sources("web/SmartRadio.Web", "*.razor").Concat(Sources("web/SmartRadio.Web", "*.cs")).ToList();
        var asked = sources.SelectMany(text => Strings().Matches(text)).Select(match => match.Groups["key"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var named = sources.SelectMany(text => Keys().Matches(text)).Select(match => match.Groups["key"].Value)
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(named, key => Assert.True(ScreenVi.ContainsKey(key), $"Text/ScreenText.resx has no text \"{key}\"."));

        string[] composed = ["Action.", "Role.", "BroadcastClass.", "BroadcastState.", "TargetState.", "ReceiptReason.",
            "BroadcastProgress.", "BroadcastOutcome.", "Rhythm.", "ClashOutcome.", "VietnamHoliday.", "HolidayRule.",
            "BulletinOrigin.", "BulletinState.", "Cue.", "PartKind.", "DayOfWeek.", "RejectedBy.", "RejectedReason.", "LineState.",
            "UpdateState.",
            "RolloutState.", "RolloutFailure.", "SoundRepairs.", "ReadingDoubt.", "ComplaintKind.", "ComplaintState."];
        Assert.All(ScreenVi.Keys, key => Assert.True(
            asked.Contains(key)
            || composed.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))
            || (key.StartsWith("Class.", StringComparison.Ordinal) && key.EndsWith(".Hint", StringComparison.Ordinal)),
            $"No page asks for the text \"{key}\" of Text/ScreenText.resx."));
        Assert.All(SentencesVi.Keys, key => Assert.True(
            asked.Contains(key) || Refusal.Kinds.ContainsKey(key),
            $"Nothing is refused with \"{key}\" of Text/RefusalText.resx."));
    }

    private static void AssertSame(string file, Dictionary<string, string> vietnamese, Dictionary<string, string> english)
    {
        var untranslated = vietnamese.Keys.Except(english.Keys, StringComparer.Ordinal).ToList();
        var foreign = english.Keys.Except(vietnamese.Keys, StringComparer.Ordinal).ToList();
        Assert.True(untranslated.Count == 0, $"Text/{file}.en.resx lacks: {string.Join(", ", untranslated)}");
        Assert.True(foreign.Count == 0, $"Text/{file}.resx lacks: {string.Join(", ", foreign)}");
    }

    private static Dictionary<string, string> Read(Type type, CultureInfo culture) =>
        new ResourceManager(type).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    private static HashSet<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Sources(string folder, string pattern, [CallerFilePath] string here = "") =>
        Directory.EnumerateFiles(
            Path.Combine(Path.GetDirectoryName(here)!, "../../..", folder), pattern, SearchOption.AllDirectories)
                .Select(File.ReadAllText);

    [GeneratedRegex(
        @"ed\b|^(Made|Set|Reset|Gave|Took|Chose|Withdrew)\b|\b(sent|begun|became)\b", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Past();

    [GeneratedRegex(@"\{[0-9]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(T|screen|words)\[""(?<key>[A-Za-z0-9.]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Keys();

    [GeneratedRegex(@"""(?<key>[A-Za-z0-9.]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Strings();

    [GeneratedRegex(
        @"""(?<key>(apikey|area|broadcast|bulletin|clock|complaint|draft|group|lexicon|node|person|programme|role|schedule|session|template)\.[a-z-]+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Actions();
}
