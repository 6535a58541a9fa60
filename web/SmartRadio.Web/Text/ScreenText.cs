namespace SmartRadio.Web.Text;

/// <summary>
/// Names the resource that holds the words of the screens: ScreenText.resx in Vietnamese, ScreenText.en.resx in English.
/// </summary>
internal sealed class ScreenText;
