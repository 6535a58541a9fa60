using System.Net;
using System.Text.RegularExpressions;
using OtpNet;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.SignIn;

/// <summary>Who signs in by two steps proves it by both again, before what guards an account or outlives the session.</summary>
public sealed partial class TwoStepProofTests : IAsyncLifetime
{
    private const string Needed = "takes the code of the second step too";
    private const string Wrong = "The code is wrong, too old or was used";
    private const string Next = "một mật khẩu khác hẳn";

    private static readonly TimeSpan Later = TimeSpan.FromMinutes(11);

    private static readonly (string, string)[] Key =
        [("_handler", "key"), ("name", "IOC"), ("roles", "Monitor"), ("area", ""), ("days", "30")];

    private readonly RadioHost _radio = new();

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task Every_form_that_takes_a_password_takes_a_code_too()
    {
        var other = await _radio.AddAccountAsync(Role.Editor, area: null);
        var disabled = await _radio.AddAccountAsync(Role.Editor, area: null);
        using var browser = await _radio.SignedInAsync();
        var (_, codes) = await SetUpAsync(browser, _radio.Password);
        using var elsewhere = await _radio.SignedInAsync();
        await elsewhere.SendAsync(elsewhere.Path, ("_handler", "second-step"), ("code", codes[0]));
        Assert.Equal("/", elsewhere.Path);
        var page = await PageOfAsync(browser, other);
        var locked = await PageOfAsync(browser, disabled);
        await browser.SendAsync(locked + "/disable");
        await _radio.PassAsync(Later);
        (string Path, string Form)[] forms =
        [
            ("/password", "password"), ("/account/second-factor", "second-factor"),
            ("/account/second-factor", "recovery-codes"), ("/account", "sessions"), ("/keys", "key"), ("/people", "person"),
            (page, "role"), (page, "reset"), (locked, "enable"), ("/releases", "release"),
        ];
        foreach (var (path, form) in forms)
        {
            var before = await _radio.StateAsync();
            await browser.OpenAsync(path);
            var key = AppKey().Match(browser.Page).Groups["key"].Value;
            await browser.SendAsync(
                path, ("_handler", form), ("proof", _radio.Password), ("next", Next), ("key", key),
                ("code", key.Length > 0 ? Code(key) : ""), ("end", ""), ("name", "IOC"), ("roles", "Monitor"), ("days", "30"),
                ("display-name", "Lan"), ("user-name", "lan"), ("role", "Editor"), ("area", form == "key" ? "" : "all"));
            Assert.True(
                browser.Refusal()?.Contains(Needed, StringComparison.Ordinal) == true,
                $"{path} {form}: {browser.Status} {browser.Refusal()}");
            Assert.True(browser.Page.Contains("name=\"proof-code\"", StringComparison.Ordinal), $"{path} {form} has no field");
            Assert.Equal(before, await _radio.StateAsync());
            // Each counts as a guess.
            await _radio.PassAsync(TimeSpan.FromMinutes(6));
        }
    }

    /// <summary>Whom a second factor is not set up for sees no field for its digits.</summary>
    [Fact]
    public async Task Password_alone_is_asked_where_it_alone_opens()
    {
        using var browser = await _radio.SignedInAsync();

        await browser.OpenAsync("/password");

        Assert.Contains("name=\"proof\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"proof-code\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digits_prove_once()
    {
        using var browser = await _radio.SignedInAsync();
        var (key, _) = await SetUpAsync(browser, _radio.Password);
        await _radio.PassAsync(Later);
        var code = Code(key);
        await browser.OpenAsync("/keys");
        await browser.SendAsync("/keys", [.. Key, ("proof", _radio.Password), ("proof-code", code)]);
        Assert.Contains("class=\"secret\"", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/password");
        await ChangePasswordAsync(browser, _radio.Password, code);

        Assert.Contains(Wrong, browser.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_phone_is_replaced_by_a_recovery_code_that_is_used_up()
    {
        using var browser = await _radio.SignedInAsync();
        var (_, codes) = await SetUpAsync(browser, _radio.Password);

        var (_, renewed) = await SetUpAsync(browser, _radio.Password, codes[0]);
        await browser.SendAsync(
            "/account/second-factor", ("_handler", "recovery-codes"), ("proof", _radio.Password), ("proof-code", codes[1]));
        Assert.Contains(Wrong, browser.Refusal(), StringComparison.Ordinal);
        await browser.SendAsync(
            "/account/second-factor", ("_handler", "recovery-codes"), ("proof", _radio.Password), ("proof-code", renewed[0]));
        var last = RecoveryCode().Matches(browser.Page).Select(match => match.Value).ToList();
        Assert.Equal(10, last.Count);
        await browser.OpenAsync("/password");
        await ChangePasswordAsync(browser, _radio.Password, last[0]);
        Assert.Equal("/account", browser.Path);

        await browser.OpenAsync("/password");
        await ChangePasswordAsync(browser, Next, last[0], _radio.Password + "!");

        Assert.Contains(Wrong, browser.Refusal(), StringComparison.Ordinal);
    }

    /// <summary>Both telephones may show theirs in the same half minute.</summary>
    [Fact]
    public async Task Phone_is_replaced_by_digits_of_both()
    {
        using var browser = await _radio.SignedInAsync();
        var (key, _) = await SetUpAsync(browser, _radio.Password);
        await _radio.PassAsync(Later);

        var (next, _) = await SetUpAsync(browser, _radio.Password, Code(key, 1));

        Assert.NotEqual(key, next);
    }

    [Fact]
    public async Task Person_who_may_switches_it_off_by_both()
    {
        var account = await _radio.AddAccountAsync(Role.Editor, area: null);
        using var browser = await _radio.SignInAsync(account);
        var (key, _) = await SetUpAsync(browser, Account.Password);
        const string path = "/account/second-factor";
        await browser.SendAsync(path, ("_handler", "second-factor-off"), ("proof", Account.Password));
        Assert.Contains(Needed, browser.Refusal(), StringComparison.Ordinal);
        Assert.Equal(3, ProofCode().Count(browser.Page));

        await browser.SendAsync(
            path, ("_handler", "second-factor-off"), ("proof", Account.Password), ("proof-code", Code(key, 1)));

        Assert.Equal("/account", browser.Path);
        await browser.OpenAsync("/password");
        Assert.DoesNotContain("name=\"proof-code\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_digits_at_an_open_page_is_slowed()
    {
        using var browser = await _radio.SignedInAsync();
        var (key, _) = await SetUpAsync(browser, _radio.Password);
        await _radio.PassAsync(Later);
        await browser.OpenAsync("/keys");
        for (var i = 0; i < 5; i++)
        {
            await browser.SendAsync("/keys", [.. Key, ("proof", _radio.Password), ("proof-code", "000000")]);
            Assert.Contains(Wrong, browser.Refusal(), StringComparison.Ordinal);
        }

        await browser.SendAsync("/keys", [.. Key, ("proof", _radio.Password), ("proof-code", Code(key))]);

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("Too many wrong tries", browser.Refusal(), StringComparison.Ordinal);
        await browser.OpenAsync("/password");
        await ChangePasswordAsync(browser, _radio.Password, Code(key));
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
    }

    [Fact]
    public async Task What_is_refused_for_something_else_uses_up_no_digits()
    {
        using var browser = await _radio.SignedInAsync();
        var (key, _) = await SetUpAsync(browser, _radio.Password);
        await _radio.PassAsync(Later);
        await browser.OpenAsync("/password");
        var code = Code(key);
        await ChangePasswordAsync(browser, _radio.Password, code, "short");
        Assert.Contains("too weak", browser.Refusal(), StringComparison.Ordinal);
        await ChangePasswordAsync(browser, "guessed", code);
        Assert.Contains("password is wrong", browser.Refusal(), StringComparison.Ordinal);

        await ChangePasswordAsync(browser, _radio.Password, code);

        Assert.Equal("/account", browser.Path);
    }

    [Fact]
    public async Task Missing_code_is_told_in_Vietnamese_too()
    {
        using var browser = await _radio.SignedInAsync("vi");
        await SetUpAsync(browser, _radio.Password);
        await browser.OpenAsync("/password");
        Assert.Contains("Mã xác nhận bước hai", browser.Page, StringComparison.Ordinal);

        await ChangePasswordAsync(browser, _radio.Password, string.Empty);

        Assert.Contains("Cần thêm mã xác nhận bước hai", browser.Refusal(), StringComparison.Ordinal);
    }

    private static Task ChangePasswordAsync(Browser browser, string password, string code, string next = Next) =>
        browser.SendAsync(
            "/password", ("_handler", "password"), ("proof", password), ("proof-code", code), ("next", next));

    /// <summary>Sets a phone up, or another in its place.</summary>
    private async Task<(string Key, IReadOnlyList<string> Codes)> SetUpAsync(Browser browser, string password, string code = "")
    {
        await browser.OpenAsync("/account/second-factor");
        var key = AppKey().Match(browser.Page).Groups["key"].Value;
        await browser.SendAsync(
            "/account/second-factor",
            ("_handler", "second-factor"), ("key", key), ("code", Code(key)), ("proof", password), ("proof-code", code));
        var codes = RecoveryCode().Matches(browser.Page).Select(match => match.Value).ToList();
        Assert.True(codes.Count == 10, $"{browser.Status} {browser.Refusal()}");
        return (key, codes);
    }

    private static async Task<string> PageOfAsync(Browser admin, Account account)
    {
        await admin.OpenAsync("/people");
        var row = admin.Page[..admin.Page.IndexOf($"\"muted\">{account.Name}<", StringComparison.Ordinal)];
        return PersonPage().Matches(row)[^1].Value;
    }

    private string Code(string key, int steps = 0) =>
        new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(_radio.Machine.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    [GeneratedRegex("name=\"key\" value=\"(?<key>[A-Z2-7]{32})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AppKey();

    [GeneratedRegex("(?<=<li>)[a-z2-9]{5}-[a-z2-9]{5}(?=</li>)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("name=\"proof-code\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProofCode();

    [GeneratedRegex("/people/[0-9a-f-]{36}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PersonPage();
}
