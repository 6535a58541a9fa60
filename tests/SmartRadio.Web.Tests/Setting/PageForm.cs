using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SmartRadio.Web.Shared.Repeats;
using SmartRadio.Web.Tests.Errors.Hostile;

namespace SmartRadio.Web.Tests.Setting;

/// <summary>A form as it stands in a page, filled as a person would; it can be sent more than once.</summary>
internal sealed partial class PageForm
{
    private readonly List<KeyValuePair<string, string>> _fields = [];
    private string? _file;

    private PageForm(string address) => Address = address;

    public string Address { get; }

    /// <summary>Address and name: tells the forms of the program apart.</summary>
    public string Name => $"{Numbers().Replace(Address.Split('?')[0], "{id}")} {ValueOf("_handler")}".Trim();

    public string? ValueOf(string field) => _fields.Where(each => each.Key == field).Select(each => each.Value).FirstOrDefault();

    /// <summary>All that a page would send by POST: its forms, and the buttons that send #actions.</summary>
    /// <param name="path">Where the page lies.</param>
    /// <param name="html">As the server sent it.</param>
    /// <param name="typed">What a person types, by the field's name.</param>
    public static IReadOnlyList<PageForm> AllOf(string path, string html, IReadOnlyDictionary<string, string> typed)
    {
        var forms = new List<PageForm>();
        foreach (Match match in Form().Matches(html))
        {
            if (match.Groups["start"].Value.Contains("id=\"actions\"", StringComparison.Ordinal))
            {
                forms.AddRange(Action().Matches(html)
                    .Select(button => Read(button.Groups["to"].Value, match.Groups["content"].Value, typed)));
            }
            else
            {
                var action = Attribute(match.Groups["start"].Value, "action");
                forms.Add(Read(action ?? path, match.Groups["content"].Value, typed));
            }
        }

        return forms;
    }

    public HttpContent Content()
    {
        if (_file is null)
        {
            return new FormUrlEncodedContent(_fields);
        }

        var form = new MultipartFormDataContent();
        _fields.ForEach(field => form.Add(new StringContent(field.Value), field.Key));
        var (name, bytes) = _file.Contains(".pe", StringComparison.Ordinal)
            ? ("app.pe", "NFMRK1 a program"u8.ToArray())
            : ("sound.wav", Sounds.Wav(2));
        form.Add(new ByteArrayContent(bytes), "file", name);
        return form;
    }

    /// <summary>The same with fields that are changed, missing, doubled or too many.</summary>
    public HttpContent Spoilt(HostileValues values)
    {
        var fields = _fields.SelectMany(field => Spoilt(field, values)).ToList();
        if (values.Chance(0.03))
        {
            fields.AddRange(Enumerable.Range(0, 1500).Select(_ => KeyValuePair.Create("first", values.Text())));
        }

        if (_file is null)
        {
            return new FormUrlEncodedContent(fields);
        }

        var form = new MultipartFormDataContent();
        fields.ForEach(field => form.Add(new StringContent(field.Value), field.Key.Length == 0 ? "empty" : field.Key));
        form.Add(new ByteArrayContent(values.Chance(0.5) ? [] : "RIFF\xff\xff\xff\xffWAVEfmt "u8.ToArray()), "file", "sound.wav");
        return form;
    }

    private static IEnumerable<KeyValuePair<string, string>> Spoilt(KeyValuePair<string, string> field, HostileValues values) =>
        field.Key == OneTimeForms.Field
            ? [KeyValuePair.Create(field.Key, values.Chance(0.05) ? values.Text() : OneTimeForms.NewToken())]
        : field.Key is "__RequestVerificationToken" or "_handler" || values.Chance(0.5) ? [field]
        : values.Below(3) switch
        {
            0 => [],
            1 => [field, KeyValuePair.Create(field.Key, values.Text())],
            _ => [KeyValuePair.Create(field.Key, values.Text())],
        };

    private static PageForm Read(string address, string content, IReadOnlyDictionary<string, string> typed)
    {
        var form = new PageForm(WebUtility.HtmlDecode(address));
        foreach (Match select in Select().Matches(content))
        {
            var options = Option().Matches(select.Groups["options"].Value).Select(option => option.Groups["value"].Value)
                .Where(value => value.Length > 0).ToList();
            if (options.Count > 0)
            {
                form.Add(select.Groups["name"].Value, options[0]);
            }
        }

        foreach (Match area in TextArea().Matches(content))
        {
            form.Add(area.Groups["name"].Value, typed.GetValueOrDefault(area.Groups["name"].Value, string.Empty));
        }

        foreach (Match input in Input().Matches(content))
        {
            form.AddInput(input.Value, typed);
        }

        return form;
    }

    private void AddInput(string input, IReadOnlyDictionary<string, string> typed)
    {
        var name = Attribute(input, "name");
        var (type, value) = (Attribute(input, "type") ?? "text", Attribute(input, "value") ?? string.Empty);
        if (name is null)
        {
            return;
        }

        if (type == "file")
        {
            _file = input;
        }
        else if (type is "radio" or "checkbox")
        {
            // The one that is chosen; of boxes the first, of radio buttons without a choice the first.
            if (input.Contains(" checked", StringComparison.Ordinal))
            {
                _fields.RemoveAll(field => field.Key == name);
            }

            if (ValueOf(name) is null)
            {
                Add(name, value);
            }
        }
        else
        {
            Add(name, type == "hidden" || (value.Length > 0 && !typed.ContainsKey(name))
                ? value
                : typed.GetValueOrDefault(name, string.Empty));
        }
    }

    private void Add(string name, string value) => _fields.Add(KeyValuePair.Create(name, WebUtility.HtmlDecode(value)));

    private static string? Attribute(string tag, string name) =>
        Regex.Match(
            tag, string.Create(CultureInfo.InvariantCulture, $" {name}=\"([^\"]*)\""), RegexOptions.None,
            TimeSpan.FromSeconds(1)) is { Success: true } found
            ? found.Groups[1].Value
            : null;

    [GeneratedRegex("(?<start><form [^>]*method=\"post\"[^>]*>)(?<content>.*?)</form>", RegexOptions.Singleline
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(
        "<button[^>]* form=\"actions\"[^>]* formaction=\"(?<to>[^\"]+)\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Action();

    [GeneratedRegex("<select[^>]* name=\"(?<name>[^\"]+)\"[^>]*>(?<options>.*?)</select>", RegexOptions.Singleline
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Select();

    [GeneratedRegex("<option[^>]* value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();

    [GeneratedRegex("<textarea[^>]* name=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TextArea();

    [GeneratedRegex("<input[^>]*>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Input();

    [GeneratedRegex("(?<=/)([0-9a-f]{16}|[0-9]+)(?=/|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
