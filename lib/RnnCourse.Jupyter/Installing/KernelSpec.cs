using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Jupyter.Installing;

/// <summary>An installed kernel: a folder that tells Jupyter how to start it.</summary>
/// <param name="Name">The name that notebooks store.</param>
/// <param name="Folder">The folder that contains its <c>kernel.json</c>.</param>
/// <param name="DisplayName">Its name in menus.</param>
/// <param name="IsOurs">Whether this program has written it.</param>
public sealed record KernelSpec(string Name, string Folder, string DisplayName, bool IsOurs)
{
    /// <summary>The name under which the kernel is installed unless another is given.</summary>
    public const string DefaultName = "rnncourse-csharp";

    /// <summary>The name of .NET Interactive's C# kernel, which notebooks written for it ask for.</summary>
    public const string DotNetInteractiveName = ".net-csharp";

    private const string FileName = "kernel.json";
    private const string Mark = "rnncourse";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Whether a name is valid for a kernel: ASCII letters, digits, dots, hyphens and underscores.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether Jupyter accepts it.</returns>
    public static bool IsName(string name) =>
        !string.IsNullOrEmpty(name)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
        && name.Trim('.').Length > 0;

    /// <summary>The kernels in one of Jupyter's folders, in the order of their names. A folder that can't be read
    /// counts as empty.</summary>
    /// <param name="kernels">The folder.</param>
    /// <returns>The kernels.</returns>
    public static IReadOnlyList<KernelSpec> In(string kernels)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateDirectories(kernels)
                    .Select(Read)
                    .OfType<KernelSpec>()
                    .OrderBy(spec => spec.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Installs a kernel; replaces an older one that this program has written.</summary>
    /// <param name="kernels">Jupyter's folder for kernels; created if it doesn't exist.</param>
    /// <param name="name">The kernel's name.</param>
    /// <param name="command">The program and arguments that start it; Jupyter replaces <c>{connection_file}</c> by the
    /// connection file's path.</param>
    /// <param name="environment">Environment variables that the program needs.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="ArgumentException"><see cref="IsName"/> is false for <paramref name="name"/>.</exception>
    /// <exception cref="InvalidOperationException">A kernel with this name exists, and this program has not written
    /// it.</exception>
    /// <exception cref="IOException">The files can't be written.</exception>
    public static KernelSpec Install(
        string kernels,
        string name,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment
    )
    {
        if (!IsName(name))
        {
            throw new ArgumentException(
                $"'{name}' can't be the name of a kernel. Use letters, digits, dots, hyphens and underscores.",
                nameof(name)
            );
        }

        var folder = Path.Combine(kernels, name);
        if (Directory.Exists(folder) && Read(folder) is not { IsOurs: true })
        {
            throw new InvalidOperationException(
                $"{folder} holds a kernel that another program has installed. Choose another name, or remove it first."
            );
        }

        var spec = new KernelSpec(name, folder, "C# (RnnCourse)", true);
        var json = new JsonObject
        {
            ["argv"] = new JsonArray([.. command.Select(word => (JsonNode)word)]),
            ["display_name"] = spec.DisplayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["env"] = new JsonObject(environment.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["metadata"] = new JsonObject { ["debugger"] = false, [Mark] = true },
        };

        // Made beside and then moved, so that Jupyter never sees half a kernel.
        var fresh = Path.Combine(kernels, $".{name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(fresh);
        try
        {
            File.WriteAllText(Path.Combine(fresh, FileName), json.ToJsonString(Indented) + "\n");
            foreach (var logo in (string[])["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"])
            {
                using var source = typeof(KernelSpec).Assembly.GetManifestResourceStream(logo)!;
                using var target = File.Create(Path.Combine(fresh, logo));
                source.CopyTo(target);
            }

            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.Move(fresh, folder);
        }
        catch
        {
            Directory.Delete(fresh, recursive: true);
            throw;
        }

        return spec;
    }

    /// <summary>Removes the kernel.</summary>
    /// <exception cref="InvalidOperationException">This program has not written it.</exception>
    /// <exception cref="IOException">The kernel can't be removed.</exception>
    public void Uninstall()
    {
        if (!IsOurs)
        {
            throw new InvalidOperationException(
                $"{Folder} holds a kernel that another program has installed; it stays."
            );
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static KernelSpec? Read(string folder)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, FileName))) as JsonObject;
            return json is null
                ? null
                : new KernelSpec(
                    Path.GetFileName(folder),
                    folder,
                    json["display_name"]?.ToString() ?? "",
                    (json["metadata"] as JsonObject)?[Mark]?.ToString() == "true"
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }
}
