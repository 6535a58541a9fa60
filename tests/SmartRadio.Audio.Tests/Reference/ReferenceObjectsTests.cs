using System.Security.Cryptography;
using SmartRadio.Audio.Tests.Setting;
using SmartRadio.Protocol;

namespace SmartRadio.Audio.Tests.Reference;

/// <summary>
/// The chain makes of ten reference inputs the objects it always made, byte for byte. Whoever changes the sound on purpose
/// replaces <c>objects.sha256</c> by what the failing test prints.
/// </summary>
public sealed class ReferenceObjectsTests : IDisposable
{
    private static readonly Lazy<string[]> Stored =
        new(() => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Reference", "objects.sha256")));

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Names => [.. ReferenceInput.All.Select(input => input.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Objects_are_byte_for_byte_those_of_before(string name)
    {
        var input = ReferenceInput.All.Single(each => each.Name == name);
        Signal.WriteWav(_folder.File("in.wav"), input.Samples);

        var master = await Studio.Preparer().PrepareAsync(
            _folder.File("in.wav"), _folder.File("master.wav"), input.Preparation, null, CancellationToken.None);

        List<string> made = [Line(await File.ReadAllBytesAsync(master.Path), name, "master.wav"),
            Line(master.Peaks, name, "peaks")];
        foreach (var codec in new[] { CodecId.ULaw8, CodecId.Ima8, CodecId.ULaw16 })
        {
            using var bytes = new MemoryStream();
            await Studio.Encoder().EncodeAsync(master.Path, codec, bytes, null, CancellationToken.None);
            made.Add(Line(bytes.ToArray(), name, codec.ToString()));
        }

        Assert.True(
            Stored.Value.Where(line => line.Contains($" {name}/", StringComparison.Ordinal)).SequenceEqual(made),
            string.Join('\n', made));
    }

    private static string Line(byte[] bytes, string name, string thing) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(bytes))}  {name}/{thing}";
}
