using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Access;

/// <summary>Names that a reader cannot tell apart are not given twice.</summary>
public sealed class NameLookTests
{
    [Theory]
    [InlineData("Lan", "lan")]
    [InlineData("Lan", "Lаn")]
    [InlineData("Nguyễn Văn A", "Nguyễn  Văn Α")]
    [InlineData("Nguyễn", "Nguye\u0302\u0303n")]
    [InlineData("admin", "adm\u200din")]
    [InlineData("admin", "adrnin")]
    [InlineData("admin1", "adminl")]
    [InlineData("HỘI", "НỘІ")]
    [InlineData("ROOT", "R00T")]
    [InlineData("Mai", "Ｍａｉ")]
    [InlineData("Đào", "Ðào")]
    [InlineData("Đăk", "Đǎk")]
    [InlineData("Mã", "Ma\u0342")]
    public void Alike_names_have_one_look(string name, string other) =>
        Assert.Equal(NameLook.Of(name), NameLook.Of(other));

    [Theory]
    [InlineData("Lan", "Lán")]
    [InlineData("Nguyễn Văn A", "Nguyễn Văn B")]
    [InlineData("Dung", "Đung")]
    [InlineData("Loan", "Lan")]
    [InlineData("Hòa", "Hoa")]
    [InlineData("Hòa", "Hoà")]
    [InlineData("Thơ", "Tho")]
    public void Other_names_have_another(string name, string other) =>
        Assert.NotEqual(NameLook.Of(name), NameLook.Of(other));

    /// <summary>The fold takes nothing from Vietnamese: marks of tones and vowels tell names apart.</summary>
    [Fact]
    public void Every_letter_of_Vietnamese_has_a_look_of_its_own()
    {
        string[] tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
        var letters = "aăâeêioôơuưy".SelectMany(vowel => tones.Select(tone => (vowel + tone).Normalize()))
            .Concat("bcdđghkmnpqrstvx".Select(letter => letter.ToString())).ToList();

        Assert.Equal(letters.Count, letters.Select(NameLook.Of).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(letters.Select(NameLook.Of), letters.Select(letter => NameLook.Of(letter.ToUpperInvariant())));
    }

    [Theory]
    [InlineData("lan2", "Lаn")]
    [InlineData("ian", "Người khác")]
    [InlineData("minh", "LAN")]
    public async Task Person_who_would_be_taken_for_another_is_refused(string userName, string displayName)
    {
        await using var controller = await TestController.StartAsync();
        await InviteAsync(controller, "lan", "Lan");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => InviteAsync(controller, userName, displayName));

        Assert.Equal(PersonRefusal.NameLooksTaken, refused.Refusal);
    }

    [Fact]
    public async Task Key_that_would_be_taken_for_another_is_refused_until_that_is_revoked()
    {
        await using var controller = await TestController.StartAsync();
        var first = await controller.CreateKeyAsync(TestController.Officer, "Trung tâm 1");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.CreateKeyAsync(TestController.Officer, "trung tâm l"));
        Assert.Equal(PersonRefusal.NameLooksTaken, refused.Refusal);
        await controller.Get<SmartRadio.Controller.Access.ApiKeys.RevokeApiKey>()
            .HandleAsync(first.Row.Id, TestController.Officer, CancellationToken.None);

        await controller.CreateKeyAsync(TestController.Officer, "trung tâm l");
    }

    [Theory]
    [InlineData("Lan\u202e")]
    [InlineData("Lan\u3164")]
    [InlineData("L\u034fan")]
    [InlineData("\u2800Lan")]
    public void Name_with_hidden_characters_is_refused(string name) =>
        Assert.Equal(
            Refusal.ControlCharacters, Assert.Throws<RefusedException>(() => PlainText.Name(name)).Refusal);

    private static Task<NewInvitation> InviteAsync(TestController controller, string userName, string displayName) =>
        controller.Get<InvitePerson>().HandleAsync(
            new InvitePersonRequest(userName, displayName, Role.Editor, AreaId: null), TestController.Officer,
            CancellationToken.None);
}
