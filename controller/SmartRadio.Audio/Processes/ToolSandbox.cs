using System.ComponentModel;
using System.Diagnostics;

namespace SmartRadio.Audio.Processes;

/// <summary>
/// Where ffmpeg and espeak-ng run: in namespaces of their own, made by bubblewrap. There they have no network, see no other
/// process, hold no right, and run as nobody. Of the files they see the system's programs and libraries, the one input, and an
/// empty <c>/tmp</c>.
/// </summary>
/// <remarks>
/// bubblewrap works with and without root where the kernel grants user namespaces. A container often does not.
/// <c>--die-with-parent</c> is not used: it follows the thread that started the program, and a thread pool ends threads.
/// </remarks>
public static class ToolSandbox
{
    // nobody and nogroup of Debian; inside the namespace the number is only a name.
    private const string Nobody = "65534";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // What bubblewrap writes before its own complaints.
    private const string Name = "bwrap";

    private static readonly string[] Namespaces =
        ["--unshare-all", "--uid", Nobody, "--gid", Nobody, "--cap-drop", "ALL", "--new-session", "--chdir", "/"];

    // Programs and libraries; Debian reaches some of its libraries through /etc/alternatives.
    private static readonly string[] Readable =
        ["/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"];

    private static readonly string? Program = OperatingSystem.IsLinux() ? ToolProgram.OnPath(Name) : null;
    private static readonly Lazy<string?> Trial = new(Try);

    /// <summary>Why there is none, or null. The first call tries it out, for some milliseconds.</summary>
    public static string? Lack => Trial.Value;

    /// <summary>The command line that runs a program in it, or the program alone where there is none.</summary>
    /// <param name="program">The whole path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="inputs">The files and folders it may read, by their whole paths.</param>
    internal static IReadOnlyList<string> Around(string program, IEnumerable<string> arguments, IEnumerable<string> inputs) =>
        Lack is null ? Wrapped(program, arguments, inputs) : [program, .. arguments];

    /// <summary>The sandbox itself failed; the program in it did not run.</summary>
    internal static bool IsFault(ToolExit exit) =>
        exit.Code != 0 && exit.Complaints.StartsWith($"{Name}: ", StringComparison.Ordinal);

    private static List<string> Wrapped(string program, IEnumerable<string> arguments, IEnumerable<string> inputs)
    {
        List<string> command = [Program!, .. Namespaces, "--dev", "/dev", "--tmpfs", "/tmp"];
        foreach (var path in Readable.Concat(FoldersOf(program)))
        {
            command.AddRange(["--ro-bind-try", path, path]);
        }

        foreach (var input in inputs)
        {
            command.AddRange(["--ro-bind", input, input]);
        }

        return [.. command, "--", program, .. arguments];
    }

    // A program from elsewhere than the system's folders needs its own folder, and the libraries it is told to use.
    private static IEnumerable<string> FoldersOf(string program)
    {
        var target = File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
        var libraries = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "";
        return libraries.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.GetDirectoryName(program)!).Append(Path.GetDirectoryName(target)!)
            .Where(folder => !Readable.Any(known => IsIn(folder, known)));
    }

    private static bool IsIn(string folder, string other) =>
        folder == other || folder.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? Try()
    {
        if (Program is null)
        {
            return $"{Name} is not installed";
        }

        var command = Wrapped("/bin/true", [], []);
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, UseShellExecute = false })!;
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return $"{Name} did not answer";
            }

            return process.ExitCode == 0 ? null : process.StandardError.ReadToEnd().Trim();
        }
        catch (Win32Exception error)
        {
            return error.Message;
        }
    }
}
