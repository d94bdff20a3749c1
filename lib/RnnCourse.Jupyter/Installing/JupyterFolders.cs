namespace RnnCourse.Jupyter.Installing;

/// <summary>The folders in which Jupyter looks for kernels.</summary>
public static class JupyterFolders
{
    /// <summary>The folder for the kernels of this user.</summary>
    public static string User => Path.Combine(UserData, "kernels");

    /// <summary>All folders given by convention or by environment variables, in the order of the search.</summary>
    public static IReadOnlyList<string> All =>
        [
            .. (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(path => Path.Combine(path, "kernels")),
            User,
            .. OperatingSystem.IsWindows()
                ?
                [
                    Path.Combine(
                        Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData),
                        "jupyter",
                        "kernels"
                    ),
                ]
                : (string[])[InPrefix("/usr/local"), InPrefix("/usr")],
        ];

    /// <summary>The folder below a prefix, such as that of a virtual environment.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns>Its folder for kernels.</returns>
    public static string InPrefix(string prefix) =>
        Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");

    private static string UserData
    {
        get
        {
            if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen)
            {
                return chosen;
            }

            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return OperatingSystem.IsWindows()
                    ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
                : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
                : Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data
                    ? Path.Combine(data, "jupyter")
                : Path.Combine(home, ".local", "share", "jupyter");
        }
    }
}
