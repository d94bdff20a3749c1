using System.CommandLine;
using System.Text;
using System.Text.Json;
using RnnCourse.Model.Files;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Files;

/// <summary>Checks files that options name for output. A file that rnn did not write is replaced only if --force is
/// given; links, devices and the input are never replaced.</summary>
internal static class OutputFile
{
    private const int HeadLength = 1024;

    public static Option<bool> ForceOption() =>
        new("--force")
        {
            Description = "Replace files that rnn did not write. Links, devices and the data are never replaced.",
            Arity = ArgumentArity.Zero,
        };

    /// <summary>Checks that a file may be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that names it, for messages.</param>
    /// <param name="isOurs">Tells by its content whether rnn wrote a file.</param>
    /// <param name="force">Whether files that rnn did not write may be replaced.</param>
    /// <param name="inputs">The files and folders that the command reads.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="UserErrorException">The file may not be written; the message says why and what to
    /// do.</exception>
    public static string Check(
        string path,
        string option,
        Func<string, bool> isOurs,
        bool force,
        params IEnumerable<string?> inputs
    )
    {
        var full = Path.GetFullPath(path);
        var another = $"Name another file with {option}.";
        if (FileKind.LinkTarget(full) is { } target)
        {
            throw new UserErrorException(
                $"{full} is a link to {target}; rnn does not write through links. Name the file itself, or another "
                    + $"one, with {option}."
            );
        }

        if (Directory.Exists(full))
        {
            throw new UserErrorException($"{full} is a folder. {another}");
        }

        if (FileKind.IsSpecial(full))
        {
            throw new UserErrorException($"{full} is a device, a pipe or a socket, not a file. {another}");
        }

        if (!File.Exists(full))
        {
            return full;
        }

        var ours = IsOurs(full, isOurs);
        var real = FileKind.RealPath(full);
        foreach (var input in inputs.OfType<string>().Select(FileKind.RealPath))
        {
            if (
                string.Equals(real, input, FileKind.Comparison)
                || (!ours && real.StartsWith(input + Path.DirectorySeparatorChar, FileKind.Comparison))
            )
            {
                throw new UserErrorException(
                    $"{full} belongs to the data that this command reads, so it is not replaced. {another}"
                );
            }
        }

        return ours || force
            ? full
            : throw new UserErrorException(
                $"{full} was not written by rnn, so it is not replaced. {another} To replace it, add --force."
            );
    }

    /// <summary>Whether a file is a safetensors file with these metadata.</summary>
    public static bool HasMetadata(string path, string key, Func<string, bool> value) =>
        SafetensorsFile.ReadMetadata(path).TryGetValue(key, out var found) && value(found);

    /// <summary>Whether a file is a JSON object with this text under this name.</summary>
    public static bool HasJson(string path, string name, string text)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var json = JsonDocument.Parse(stream);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                && value.GetString() == text;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The first characters of a file.</summary>
    public static string HeadOf(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[HeadLength];
        return Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, HeadLength, throwOnEndOfStream: false));
    }

    // An empty file holds nothing that could be lost; a file that cannot be read belongs to somebody else.
    private static bool IsOurs(string path, Func<string, bool> isOurs)
    {
        try
        {
            return new FileInfo(path).Length == 0 || isOurs(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
