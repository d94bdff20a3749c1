using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnCourse.Web.Serving;

/// <summary>
/// The port and the token of a folder's server, kept in a file that only its user can read, so that an open page finds
/// a server that was restarted. While a server runs it locks the file; a second server finds its address there.
/// </summary>
internal sealed class ServerStateFile : IDisposable
{
    private const int TokenBytes = 24;

    private readonly FileStream _lock;
    private readonly string _file;

    private ServerStateFile(FileStream held, string file, ServerKey? known) =>
        (_lock, _file, Known) = (held, file, known);

    /// <summary>The port and the token of the folder's last server; null if there was none.</summary>
    public ServerKey? Known { get; }

    /// <summary>Claims the file of a folder.</summary>
    /// <param name="stateFolder">The folder of the state files.</param>
    /// <param name="folder">The folder whose notebooks are served.</param>
    /// <param name="running">The server that already has it, if the result is null.</param>
    /// <returns>The file, locked; null if another server has it.</returns>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written there.</exception>
    public static ServerStateFile? Claim(string stateFolder, string folder, out ServerKey? running)
    {
        running = null;
        CreatePrivateFolder(stateFolder);
        var name = Convert.ToHexStringLower(
            SHA256
                .HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))))
                .AsSpan(0, 8)
        );
        var file = Path.Combine(stateFolder, name + ".json");
        try
        {
            // The lock is a separate file: on systems where a locked file can't be read, the key beside it still can.
            var held = new FileStream(
                Path.Combine(stateFolder, name + ".lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            return new ServerStateFile(held, file, Read(file));
        }
        catch (IOException)
        {
            running = Read(file);
            return running is null
                ? throw new IOException($"Another server is just starting for {folder}. Try again.")
                : null;
        }
    }

    /// <summary>Checks whether state files can be written in a folder.</summary>
    public static void Check(string stateFolder)
    {
        CreatePrivateFolder(stateFolder);
        var trial = Path.Combine(stateFolder, $"{Guid.NewGuid():N}.tmp");
        using var file = new FileStream(
            trial,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 1,
            FileOptions.DeleteOnClose
        );
    }

    /// <summary>Makes an unguessable random token of 192 bits.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>Stores the port and the token.</summary>
    public void Save(ServerKey key)
    {
        var temporary = _file + string.Create(CultureInfo.InvariantCulture, $".{Environment.ProcessId}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, key, ServerKeyJson.Default.ServerKey);
        }

        File.Move(temporary, _file, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static ServerKey? Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return
                JsonSerializer.Deserialize(stream, ServerKeyJson.Default.ServerKey)
                    is { Port: > 0 and < 65536, Token.Length: 2 * TokenBytes } key
                ? key
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void CreatePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            // In the user's own data folder, which others can't read.
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }
}

/// <summary>Port and token of a server.</summary>
internal sealed record ServerKey(int Port, string Token);

[JsonSerializable(typeof(ServerKey))]
internal sealed partial class ServerKeyJson : JsonSerializerContext;
