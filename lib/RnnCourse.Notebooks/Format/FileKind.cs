using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnCourse.Notebooks.Format;

/// <summary>Distinguishes ordinary files from devices, pipes and sockets, and resolves links.</summary>
public static class FileKind
{
    private const int MaxLinks = 40;

    private const int TypeMask = 0xF000,
        Pipe = 0x1000,
        CharacterDevice = 0x2000,
        Folder = 0x4000,
        BlockDevice = 0x6000,
        RegularFile = 0x8000,
        Socket = 0xC000;

    /// <summary>How to compare paths on this system.</summary>
    public static StringComparison Comparison { get; } =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether the path leads to a device, a pipe or a socket.</summary>
    /// <param name="path">The path.</param>
    /// <returns>False for files and folders, and if the path doesn't exist.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static bool IsSpecial(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (OperatingSystem.IsWindows())
        {
            return path.StartsWith(@"\\.\", StringComparison.Ordinal);
        }

        return ModeOf(path) is { } mode && (mode & TypeMask) is not (RegularFile or Folder);
    }

    /// <summary>Whether the path leads to a pipe or a socket, which can be read only once.</summary>
    /// <param name="path">The path.</param>
    /// <returns>False for anything else, and if the path doesn't exist.</returns>
    public static bool IsPipe(string path) =>
        !OperatingSystem.IsWindows() && ModeOf(path) is { } mode && (mode & TypeMask) is Pipe or Socket;

    /// <summary>Whether the path leads to a device, such as a disk or a terminal.</summary>
    /// <param name="path">The path.</param>
    /// <returns>False for anything else, and if the path doesn't exist.</returns>
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && ModeOf(path) is { } mode && (mode & TypeMask) is CharacterDevice or BlockDevice;

    /// <summary>The path with all links resolved. A path that doesn't exist or can't be read is returned
    /// unchanged.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The full path.</returns>
    public static string RealPath(string path) => Resolve(Path.GetFullPath(path), MaxLinks);

    /// <summary>What a link points to; null for anything else.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The target as written in the link.</returns>
    public static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Resolve(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var here = Path.Combine(Resolve(parent, links), Path.GetFileName(path));
        return links > 0 && LinkTarget(here) is { } target
            ? Resolve(Path.GetFullPath(target, Path.GetDirectoryName(here)!), links - 1)
            : here;
    }

    // The runtime has no public way to ask for a file's type without opening it, and opening a pipe waits. Its own
    // library asks the system; the type is in the second number of the answer.
    private static int? ModeOf(string path)
    {
        try
        {
            var status = new byte[512];
            return Stat(Encoding.UTF8.GetBytes(path + "\0"), status) == 0
                ? BinaryPrimitives.ReadInt32LittleEndian(status.AsSpan(4))
                : null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return path.StartsWith("/dev/", StringComparison.Ordinal) ? 0 : null;
        }
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, byte[] status);
}
