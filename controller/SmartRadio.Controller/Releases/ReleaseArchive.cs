using System.IO.Compression;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Releases;

/// <summary>
/// Reads what people bring as a release: one nanoFramework assembly (.pe), or a zip of some in the order of their names.
/// </summary>
internal static class ReleaseArchive
{
    // What every assembly of the nanoFramework tools begins with.
    private static ReadOnlySpan<byte> AssemblyMark => "NFMRK"u8;

    private static ReadOnlySpan<byte> ZipMark => "PK\u0003\u0004"u8;

    /// <exception cref="RefusedException">
    /// <see cref="ReleaseRefusal.ReleaseTooLarge"/>, <see cref="ReleaseRefusal.ReleaseNotAProgram"/>.
    /// </exception>
    public static async Task<byte[]> ReadAsync(Stream content, string fileName, CancellationToken cancellationToken)
    {
        var bytes = await LimitedAsync(content, cancellationToken);
        var bundle = bytes.AsSpan().StartsWith(ZipMark)
            ? await FromZipAsync(bytes, cancellationToken)
            : new ReleaseBundle { Names = [Path.GetFileNameWithoutExtension(fileName)], Assemblies = [bytes] };
        if (bundle.Names.Length is 0 or > ReleaseBundle.MaxAssemblies
            || bundle.Assemblies.Any(assembly => !assembly.AsSpan().StartsWith(AssemblyMark)))
        {
            throw new RefusedException(ReleaseRefusal.ReleaseNotAProgram, ReleaseBundle.MaxAssemblies);
        }

        var written = bundle.Write();
        return ReleaseBundle.Read(written) is null ? throw TooLarge() : written;
    }

    private static async Task<ReleaseBundle> FromZipAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            var entries = zip.Entries
                .Where(entry => entry.Name.EndsWith(".pe", StringComparison.OrdinalIgnoreCase))
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
                .Take(ReleaseBundle.MaxAssemblies + 1)
                .ToList();
            var assemblies = new List<byte[]>();
            foreach (var entry in entries)
            {
                // What the entry claims of its length is not believed.
                await using var packed = await entry.OpenAsync(cancellationToken);
                assemblies.Add(await LimitedAsync(packed, cancellationToken));
            }

            return new ReleaseBundle
            {
                Names = [.. entries.Select(entry => Path.GetFileNameWithoutExtension(entry.Name))],
                Assemblies = [.. assemblies]
            };
        }
        catch (InvalidDataException)
        {
            throw new RefusedException(ReleaseRefusal.ReleaseNotAProgram, ReleaseBundle.MaxAssemblies);
        }
    }

    private static async Task<byte[]> LimitedAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReleaseBundle.MaxLength + 1];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > ReleaseBundle.MaxLength ? throw TooLarge() : buffer[..length];
    }

    private static RefusedException TooLarge() => new(ReleaseRefusal.ReleaseTooLarge, ReleaseBundle.MaxLength / 1024);
}
