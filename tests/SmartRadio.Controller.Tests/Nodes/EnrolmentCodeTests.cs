using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Nodes.Enrolment;

namespace SmartRadio.Controller.Tests.Nodes;

public sealed class EnrolmentCodeTests
{
    [Fact]
    public async Task A_code_can_be_traded_until_it_expires_and_not_a_moment_longer()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var (first, second) = (await controller.AddNodeAsync(area), await controller.AddNodeAsync(area));
        var (early, late) = (await MakeAsync(controller, first), await MakeAsync(controller, second));
        Assert.Equal(controller.Time.GetUtcNow() + TimeSpan.FromHours(48), early.ExpiresAt);

        controller.Time.Advance(TimeSpan.FromHours(48) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(first.Node.Id, (await TradeAsync(controller, early.Code)).Node.Id);
        controller.Time.Advance(TimeSpan.FromMilliseconds(1));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => TradeAsync(controller, late.Code));
        Assert.Equal((EnrolmentRefusal.EnrolmentCodeExpired, late.ExpiresAt), (refused.Refusal, refused.Values[0]));
        // A new one serves.
        Assert.Equal(second.Node.Id, (await TradeAsync(controller, (await MakeAsync(controller, second)).Code)).Node.Id);
    }

    [Fact]
    public async Task How_long_a_code_serves_is_a_setting()
    {
        await using var controller = await TestController.StartAsync(null, ("EnrolmentCodeLifetime", "00:10:00"));
        var code = await MakeAsync(controller, await controller.AddNodeAsync(await controller.AddAreaAsync("1")));
        controller.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(
            EnrolmentRefusal.EnrolmentCodeExpired,
            (await Assert.ThrowsAsync<RefusedException>(() => TradeAsync(controller, code.Code))).Refusal);
    }

    [Fact]
    public async Task An_expired_code_gives_no_secret_and_takes_none_away()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        var code = await MakeAsync(controller, node);
        controller.Time.Advance(TimeSpan.FromDays(3));
        var before = (await controller.Get<NodeSecrets>().FindAsync(node.Node.Id, CancellationToken.None))!.Keys.Command;

        await Assert.ThrowsAsync<RefusedException>(() => TradeAsync(controller, code.Code));

        await controller.Get<NodeSecrets>()
            .ReactAsync(new NodeKeysChanged(node.Node.Id, KeyChange.Given), CancellationToken.None);
        Assert.Equal(before, (await controller.Get<NodeSecrets>().FindAsync(node.Node.Id, CancellationToken.None))!.Keys.Command);
    }

    [Fact]
    public async Task A_newer_code_takes_the_place_of_an_older_one()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        var older = await MakeAsync(controller, node);
        var newer = await MakeAsync(controller, node);

        Assert.Equal(
            EnrolmentRefusal.EnrolmentCodeWrong,
            (await Assert.ThrowsAsync<RefusedException>(() => TradeAsync(controller, older.Code))).Refusal);
        Assert.Equal(node.Node.Id, (await TradeAsync(controller, newer.Code)).Node.Id);
    }

    [Fact]
    public async Task Code_serves_after_a_restart()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        var code = (await MakeAsync(controller, node)).Code;

        await using var again = await controller.RestartAsync(TimeSpan.FromSeconds(1));

        Assert.True(await IsOpenAsync(again, code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile(again)));
        }
    }

    /// <summary>Whoever has a copy of the database and not of the keys cannot try codes on it.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("something else")]
    public async Task Database_alone_tells_no_code(string? content)
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        var code = (await MakeAsync(controller, node)).Code;
        File.Delete(KeyFile(controller));
        if (content is not null)
        {
            await File.WriteAllTextAsync(KeyFile(controller), content);
        }

        await using var again = await controller.RestartAsync(TimeSpan.FromSeconds(1));

        await using (var db = await again.OpenAsync())
        {
            Assert.Equal(1, await db.EnrolmentCodes.CountAsync());
        }

        Assert.False(await IsOpenAsync(again, code));
        Assert.True(await IsOpenAsync(again, (await MakeAsync(again, node)).Code));
    }

    private static string KeyFile(TestController controller) => Path.Combine(controller.Folder, "keys", "enrolment-codes.key");

    private static Task<bool> IsOpenAsync(TestController controller, string code) =>
        controller.Get<RedeemEnrolmentCode>().IsOpenAsync(code, CancellationToken.None);

    private static Task<NewEnrolmentCode> MakeAsync(TestController controller, EnrolledNode node) =>
        controller.Get<MakeEnrolmentCode>().HandleAsync(node.Node.Id, TestController.Officer, CancellationToken.None);

    private static Task<EnrolledNode> TradeAsync(TestController controller, string code) =>
        controller.Get<RedeemEnrolmentCode>().HandleAsync(code, address: null, CancellationToken.None);
}
