namespace SmartRadio.Audio.Reading;

/// <summary>Hours and their ranges: 5h, 5h30, 05:30, 17 giờ 00, 7h-11h, 7-11h.</summary>
internal sealed class HourRule : IReadingRule
{
    private static readonly string[] AfterHours = ["sáng", "trưa", "chiều", "tối", "đêm", "ngày", "mỗi", "hằng", "hàng"];
    private static readonly string[] BeforeHours = ["lúc", "hồi", "vào", "đúng"];

    public Match? Match(Passage passage, int at)
    {
        if (!Passage.IsDigit(passage[at]) || Passage.IsWord(passage[at - 1]))
        {
            return null;
        }

        if (Hour(passage, at) is { } first)
        {
            // "18h/28/11"
            if (passage[first.End] == '/' && CalendarDay.At(passage, first.End + 1) is { } day)
            {
                return new Match(day.End, $"{first.Spoken} ngày {day}");
            }

            var second = passage.AfterDash(first.End);
            return second > 0 && Hour(passage, second) is { } last
                ? new Match(last.End, $"{first.Spoken} đến {last.Spoken}", first.Doubt)
                : first;
        }

        // "7-11h": the first has no sign of its own.
        var end = passage.Digits(at);
        var next = passage.AfterDash(passage[end] == 'g' ? end + 1 : end);
        return end - at <= 2 && next > 0 && Hour(passage, next) is { } until
            ? new Match(until.End, $"{NumberWords.Of(passage.Value(at, end))} đến {until.Spoken}", until.Doubt)
            : null;
    }

    private static Match? Hour(Passage passage, int at)
    {
        var end = passage.Digits(at);
        if (end == at || end - at > 2)
        {
            return null;
        }

        var hour = passage.Value(at, end);
        if (passage[end] == ':')
        {
            return FractionRule.IsRatio(passage, at) ? null : Clock(passage, hour, end + 1);
        }

        var sign = passage.Spaces(end);
        if (passage[sign] is 'h' or 'H')
        {
            return Minutes(passage, hour, sign + 1);
        }

        if (passage.Has(sign, "giờ") && Passage.IsDigit(passage[passage.Spaces(sign + 3)]))
        {
            return Minutes(passage, hour, sign + 3);
        }

        // The South writes "5g30"; "5g" is five grams.
        return passage[end] is 'g' or 'G' && hour <= 24
            ? passage.Digits(end + 1) == end + 3 ? Minutes(passage, hour, end + 1)
                : passage[end] == 'g' && passage.EndsWord(end + 1)
                    && (Array.IndexOf(AfterHours, passage.WordAt(passage.Spaces(end + 1))) >= 0
                        || Array.IndexOf(BeforeHours, passage.WordBefore(at)) >= 0)
                    ? new Match(end + 1, $"{NumberWords.Of(hour)} giờ")
                    : null
            : null;
    }

    private static Match? Clock(Passage passage, int hour, int minutes)
    {
        var end = passage.Digits(minutes);
        var minute = passage.Value(minutes, end);
        if (end - minutes != 2 || hour > 24 || minute > 59)
        {
            return null;
        }

        var seconds = passage[end] == ':' ? passage.Digits(end + 1) : end;
        if (seconds == end + 3 && passage.Value(end + 1, seconds) is var second and < 60)
        {
            return new Match(seconds, $"{TimeOf(hour, minute)} {NumberWords.Of(second)} giây");
        }

        // "5:30h"
        var sign = passage.Spaces(end);
        end = passage[sign] is 'h' or 'H' && passage.EndsWord(sign + 1) ? sign + 1 : end;
        return passage.EndsWord(end) ? new Match(end, TimeOf(hour, minute)) : null;
    }

    private static Match? Minutes(Passage passage, int hour, int at)
    {
        // "5h-7h" and "48h" end here.
        var start = passage.Spaces(at);
        var end = passage.Digits(start);
        if (end == start || (start > at && end - start != 2))
        {
            return passage.EndsWord(at) ? new Match(at, $"{NumberWords.Of(hour)} giờ") : null;
        }

        var minute = passage.Value(start, end);
        if (end - start > 2 || minute > 59)
        {
            return start > at && passage.EndsWord(at) ? new Match(at, $"{NumberWords.Of(hour)} giờ") : null;
        }

        var sign = passage.Spaces(end);
        var after = passage.Has(sign, "phút") ? sign + 4
            : passage[end] is '\'' or '’' or '′' ? end + 1
            : passage[end] is 'p' or 'P' && passage[end + 1] is 'h' or 'H' && passage.EndsWord(end + 2) ? end + 2
            : passage[end] is 'p' or 'P' && passage.EndsWord(end + 1) ? end + 1
            : end;
        if (start > at && after == end && (passage[end] is '/' or '-'
            || (passage[end] is '.' or ',' && Passage.IsDigit(passage[end + 1])) || Units.At(passage, end) is not null))
        {
            return new Match(at, $"{NumberWords.Of(hour)} giờ"); // "lúc 7h 20/11"
        }

        return passage.EndsWord(after) ? new Match(after, TimeOf(hour, minute)) : null;
    }

    private static string TimeOf(int hour, int minute) =>
        minute == 0 ? $"{NumberWords.Of(hour)} giờ" : $"{NumberWords.Of(hour)} giờ {NumberWords.Of(minute)} phút";
}
