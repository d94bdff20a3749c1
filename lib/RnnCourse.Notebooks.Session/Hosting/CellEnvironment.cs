namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// Decides which environment variables cells see: those on a list of what the system, .NET, its packages, Jupyter and
/// the course need, and those that the user passes by name. All others are withheld, because a name doesn't reliably
/// tell whether the value is a secret.
/// </summary>
/// <remarks>This protects against accidents, such as a notebook that prints its environment. It isn't a
/// sandbox.</remarks>
internal static class CellEnvironment
{
    private const string OfTheSystem =
        "PATH HOME PWD USER LOGNAME SHELL HOSTNAME TERM COLORTERM NO_COLOR TZ LANG LANGUAGE TMPDIR TMP TEMP "
        + "DISPLAY WAYLAND_DISPLAY LD_LIBRARY_PATH LD_PRELOAD DYLD_LIBRARY_PATH GLIBC_TUNABLES";

    private const string OfWindows =
        "SystemRoot SystemDrive windir ComSpec PATHEXT OS USERNAME USERPROFILE USERDOMAIN COMPUTERNAME HOMEDRIVE "
        + "HOMEPATH APPDATA LOCALAPPDATA ProgramData ALLUSERSPROFILE PUBLIC DriverData ProgramFiles "
        + "ProgramFiles(x86) ProgramW6432 CommonProgramFiles CommonProgramFiles(x86) CommonProgramW6432 "
        + "NUMBER_OF_PROCESSORS PSModulePath";

    // Restoring packages may need the network.
    private const string OfTheNetwork =
        "HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy SSL_CERT_FILE "
        + "SSL_CERT_DIR";

    // Set by Jupyter and by services that run notebooks.
    private const string OfHosts = "JPY_SESSION_NAME JPY_PARENT_PID CI GITHUB_ACTIONS TF_BUILD CUDA_VISIBLE_DEVICES";

    private static readonly HashSet<string> Names = new(
        $"{OfTheSystem} {OfWindows} {OfTheNetwork} {OfHosts}".Split(' '),
        Comparer
    );

    private static readonly string[] Beginnings =
    [
        "LC_",
        "XDG_",
        "DOTNET_",
        "COMPlus_",
        "CORECLR_",
        "COREHOST_",
        "CLR_ICU_",
        "ICU_",
        "NUGET_",
        "MALLOC_",
        "PROCESSOR_",
        "OPENBLAS_",
        "OMP_",
        "MKL_",
        "RNN_",
    ];

    private static StringComparer Comparer =>
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Whether cells see a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="passed">The names that the user passes.</param>
    public static bool Shows(string name, IReadOnlyCollection<string> passed) =>
        passed.Contains(name, Comparer)
        || Names.Contains(name)
        || (Beginnings.Any(beginning => name.StartsWith(beginning, Comparison)) && !SecretName.Matches(name));

    /// <summary>Removes what cells don't see from the environment of a process that is about to start.</summary>
    public static void Reduce(IDictionary<string, string?> environment, IReadOnlyCollection<string> passed)
    {
        foreach (var name in environment.Keys.Where(name => !Shows(name, passed)).ToList())
        {
            environment.Remove(name);
        }
    }

    private static StringComparison Comparison =>
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
