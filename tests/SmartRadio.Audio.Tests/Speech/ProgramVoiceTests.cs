using SmartRadio.Audio.Speech;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Speech;

/// <summary>Any program that takes text and gives a WAV file is a voice; espeak-ng speaks where it fails.</summary>
public sealed class ProgramVoiceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Program_gets_text_and_manner_and_gives_the_sound()
    {
        Signal.WriteWav(_folder.File("said.wav"), Signal.Sine(500, 1, 0.2));
        var voices = Voices(
            "[ \"$(cat)\" = 'xin chào bà con' ] && [ \"$*\" = '--pace 0.8 --scale 1.25 -p 60' ] && cat $(dirname $0)/said.wav");

        Assert.Equal("mine", await SpeakAsync(voices, "mine"));

        Assert.Equal(Signal.ReadWav(_folder.File("said.wav")), Signal.ReadWav(_folder.File("out.wav")));
        Assert.Equal(new Voice("mine", "Giọng xã", "Giọng xã"), voices.Voices[^1]);
    }

    [Theory]
    [InlineData("exit 3")]
    [InlineData("echo no sound")]
    [InlineData("cat > /dev/null")]
    [InlineData("kill -SEGV $$")]
    [InlineData("echo RIFF----WAVEfmt with nothing that can be heard")]
    [InlineData("sleep 60")]
    public async Task Espeak_speaks_where_the_program_fails(string script)
    {
        Assert.Equal("south", await SpeakAsync(Voices(script), "mine"));

        Assert.NotEmpty(Signal.ReadWav(_folder.File("out.wav")));
        Assert.Equal(["out.wav", "voice"], _folder.Names);
    }

    [Fact]
    public async Task Text_with_nothing_to_say_is_refused_by_all() => Assert.Equal(
        AudioRefusal.NoText, await Studio.RefusalAsync(() => Voices("exit 3").SpeakAsync(
            "...", new VoiceChoice("mine"), _folder.File("out.wav"), CancellationToken.None)));

    [Theory]
    [InlineData("", "/bin/true")]
    [InlineData("north", "/bin/true")]
    [InlineData("mine", "bin/true")]
    public void Voice_that_cannot_be_stops_the_start(string id, string program) => Assert.True(
        new VoiceCheck(Studio.Voices()).Validate(null, Settings(id, program)).Failed);

    private static VoiceOptions Settings(string id, string program)
    {
        var options = new VoiceOptions { Fallback = "south" };
        options.Programs.Add(
            new VoiceProgram { Id = id, Name = "Giọng xã", Program = program, Timeout = TimeSpan.FromSeconds(1) });
        foreach (var argument in new[] { "--pace", "{speed}", "--scale", "{length}", "-p", "{pitch}" })
        {
            options.Programs[0].Arguments.Add(argument);
        }

        return options;
    }

    private InstalledVoices Voices(string script) => Studio.Installed(Settings("mine", _folder.Program("voice", script)));

    private Task<string> SpeakAsync(InstalledVoices voices, string voice) => voices.SpeakAsync(
        "xin chào bà con", new VoiceChoice(voice, 0.8, 60), _folder.File("out.wav"), CancellationToken.None);
}
