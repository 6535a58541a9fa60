using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;

namespace SmartRadio.Controller.Tests.Areas;

/// <summary>Areas side by side are told apart at a glance; tone and vowel marks do tell Vietnamese names apart.</summary>
public sealed class AreaLookTests
{
    [Theory]
    [InlineData("Hòa Bình", "HÒA  BÌNH")]
    [InlineData("Hòa Bình", "Hòa Вình")]
    [InlineData("Hòa Bình", "Hòa B\u200dình")]
    [InlineData("Hòa Bình", "Hòa\u00a0Bình")]
    [InlineData("Đăk Mil", "Đǎk Mil")]
    [InlineData("Đại Lộc", "Ðại Lộc")]
    public async Task Area_that_would_be_taken_for_the_one_beside_it_is_refused(string name, string other)
    {
        await using var controller = await TestController.StartAsync();
        var province = await AddAsync(controller, null, "1", "Thử");
        await AddAsync(controller, province.Id, "1.1", name);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => AddAsync(controller, province.Id, "1.2", other));
        var typed = await Assert.ThrowsAsync<RefusedException>(
            () => AddAsync(controller, province.Id, "1.2", other.Normalize(NormalizationForm.FormD)));

        Assert.Equal((AreaRefusal.AreaLooksTaken, $"Xã {name}"), (refused.Refusal, refused.Values[1]));
        Assert.Equal(AreaRefusal.AreaLooksTaken, typed.Refusal);
        Assert.Equal(RefusalKind.Invalid, refused.Kind);
        await using var db = await controller.OpenAsync();
        Assert.Equal(2, await db.Areas.CountAsync());
    }

    [Theory]
    [InlineData("Hòa Bình", "Hoa Bình")]
    [InlineData("Hòa Bình", "Hoà Bình")]
    [InlineData("Tân Phú", "Tân Phù")]
    [InlineData("Đông Sơn", "Dông Sơn")]
    [InlineData("Mỹ Tho", "Mỹ Thơ")]
    [InlineData("Thanh Ba", "Thành Ba")]
    [InlineData("Phường 1", "Phường 11")]
    public async Task Marks_tell_names_apart(string name, string other)
    {
        await using var controller = await TestController.StartAsync();
        await AddAsync(controller, null, "1", name);

        await AddAsync(controller, null, "2", other);

        await using var db = await controller.OpenAsync();
        Assert.Equal(2, await db.Areas.CountAsync());
    }

    [Fact]
    public async Task Elsewhere_of_another_kind_or_after_its_end_a_name_is_free()
    {
        await using var controller = await TestController.StartAsync();
        var province = await AddAsync(controller, null, "1", "Tiền Giang");
        var town = await AddAsync(controller, province.Id, "2", "Cai Lậy");

        await AddAsync(controller, province.Id, "3", "Cai Lậy", "Huyện");
        await AddAsync(controller, town.Id, "4", "Cai Lậy");
        await AddAsync(controller, null, "5", "Cai Lậy");
        await using var db = await controller.OpenAsync();
        await db.Areas.Where(area => area.Id == town.Id).ExecuteUpdateAsync(
            row => row.SetProperty(area => area.ValidTo, new DateOnly(2026, 4, 30)));
        await AddAsync(controller, province.Id, "6", "Cai Lậy");
        Assert.Equal(6, await db.Areas.CountAsync());
    }

    private static Task<Area> AddAsync(
        TestController controller, long? parent, string code, string name, string level = "Xã") =>
        controller.Get<AddArea>().HandleAsync(
            new AddAreaRequest(parent, code, name, level), TestController.Officer, CancellationToken.None);
}
