using NanoFramework.IlCheck.Il;

namespace SmartRadio.Firmware.Tests.Cost;

/// <summary>What decoding took.</summary>
/// <param name="Pcm">The samples, 16-bit little-endian.</param>
/// <param name="Instructions">IL instructions executed for them, calls and slices' overhead included.</param>
internal sealed record DecodingCost(byte[] Pcm, long Instructions)
{
    /// <summary>Samples in the player's slice: 20 ms at 8 kHz.</summary>
    private const int Slice = 160;

    public double PerSample => Instructions * 2.0 / Pcm.Length;

    /// <summary>Decodes units of sound with the compiled decoder, in the player's slices.</summary>
    public static DecodingCost Of(string decoder, byte[] sound, int unit, params IEnumerable<DeviceAssembly> assemblies)
    {
        var machine = new IlMachine(assemblies);
        var made = machine.New(decoder);
        machine.Call(made, "SetVolume", 70);
        var before = machine.Executed;
        var pcm = new List<byte>();
        var slice = new byte[Slice * 2];
        for (var offset = 0; offset < sound.Length; offset += unit)
        {
            machine.Call(made, "Begin", sound, offset, unit);
            for (var samples = -1; samples != 0;)
            {
                samples = (int)machine.Call(made, "Decode", slice, Slice)!;
                pcm.AddRange(slice.AsSpan(0, samples * 2));
            }
        }

        return new DecodingCost([.. pcm], machine.Executed - before);
    }
}
