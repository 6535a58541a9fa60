namespace SmartRadio.EndToEnd.Shared;

/// <summary>The forms of complaints.</summary>
internal sealed partial class FormCases
{
    private IEnumerable<FormCase> Complaints()
    {
        var node = nodes[0].Id;
        var code = $"/complaints/codes/{node}";
        var form = Address("/complaints/form?area=", area);
        return
        [
            new("/complaints/new note", At($"/complaints/new?node={node}"), "/complaints/[0-9]+")
            {
                Fill = page => page.Locator("input[name=kind]").First.CheckAsync(),
            },
            new("/complaints/{id} answer", At("/complaints/1"), "/complaints/1")
            {
                Fill = page => page.Locator("textarea[name=answer]").FillAsync("Đã hạ âm lượng"),
            },
            new("/complaints/{id}/close", At("/complaints/1"), "/complaints/1"),
            new("/complaints/{id}/reopen", At("/complaints/1"), "/complaints/1"),
            new("/areas/{id}/complaints/open", At(form), "/complaints/form\\?area=[0-9]+"),
            new("/nodes/{id}/complaints/address", At(code), code),
            new("/phan-anh/{token} complaint", async () => await PublicPathAsync(node), "/phan-anh/[2-9a-z]{12}")
            {
                ShownOnce = ".notice.good",
                Fill = page => page.Locator("input[name=kind]").First.CheckAsync(),
                // The program writes it down for the resident; PublicFormTests counts what two taps leave.
                Entries = (0, 0),
            },
            new("/areas/{id}/complaints/shut", At(form), "/complaints/form\\?area=[0-9]+"),
        ];
    }

    /// <summary>The public page of a loudspeaker, as the code on its pole names it.</summary>
    private async Task<string> PublicPathAsync(string node) => (await radio.Api.ComplaintAddressAsync(node)).Path!;
}
