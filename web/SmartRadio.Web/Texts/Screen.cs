namespace SmartRadio.Web.Texts;

/// <summary>Names the resource that holds the words of the screens: Screen.resx in Vietnamese, Screen.en.resx in English.</summary>
internal sealed class Screen;

/// <summary>Names the resource that holds a sentence for each refusal and each fault of a request.</summary>
internal sealed class Sentences;
