using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace RnnCourse.Blas.Native;

/// <summary>A native library with the C interface of BLAS and 32-bit sizes: OpenBLAS, or Apple's Accelerate.</summary>
internal sealed unsafe class CblasLibrary
{
    private const string Accelerate = "/System/Library/Frameworks/Accelerate.framework/Accelerate";

    private readonly delegate* unmanaged<int, void> _setThreads;

    private CblasLibrary(nint handle, string name)
    {
        Single = (delegate* unmanaged<
            int,
            int,
            int,
            int,
            int,
            int,
            float,
            float*,
            int,
            float*,
            int,
            float,
            float*,
            int,
            void>)
            NativeLibrary.GetExport(handle, "cblas_sgemm");
        Double = (delegate* unmanaged<
            int,
            int,
            int,
            int,
            int,
            int,
            double,
            double*,
            int,
            double*,
            int,
            double,
            double*,
            int,
            void>)
            NativeLibrary.GetExport(handle, "cblas_dgemm");
        _setThreads = (delegate* unmanaged<int, void>)Export(handle, "openblas_set_num_threads");
        var configuration = Text(handle, "openblas_get_config");
        Has64BitSizes = configuration.Contains("USE64BITINT", StringComparison.Ordinal);
        var core = Text(handle, "openblas_get_corename");
        Description = core.Length == 0 ? name : $"{name} ({VersionOf(configuration)}core " + $"type {core})";
    }

    /// <summary>Gets <c>cblas_sgemm</c>.</summary>
    public delegate* unmanaged<
        int,
        int,
        int,
        int,
        int,
        int,
        float,
        float*,
        int,
        float*,
        int,
        float,
        float*,
        int,
        void> Single { get; }

    /// <summary>Gets <c>cblas_dgemm</c>.</summary>
    public delegate* unmanaged<
        int,
        int,
        int,
        int,
        int,
        int,
        double,
        double*,
        int,
        double*,
        int,
        double,
        double*,
        int,
        void> Double { get; }

    /// <summary>Gets a description of the library, for people.</summary>
    public string Description { get; }

    private bool Has64BitSizes { get; }

    /// <summary>Loads the first library that exists and is suitable.</summary>
    /// <param name="library">The library, if the result is true.</param>
    /// <param name="reason">Why no library was found, if it is false.</param>
    public static bool TryLoad([NotNullWhen(true)] out CblasLibrary? library, out string reason)
    {
        var misfits = new List<string>();
        foreach (var name in Candidates())
        {
            if (!NativeLibrary.TryLoad(name, typeof(CblasLibrary).Assembly, null, out var handle))
            {
                continue;
            }

            if (Export(handle, "cblas_sgemm") == 0 || Export(handle, "cblas_dgemm") == 0)
            {
                misfits.Add($"{name} has no cblas_sgemm and cblas_dgemm");
                continue;
            }

            library = new CblasLibrary(handle, name);
            if (!library.Has64BitSizes)
            {
                reason = string.Empty;
                return true;
            }

            misfits.Add($"{name} was built with 64-bit sizes, which this binding does not support");
        }

        library = null;
        reason =
            misfits.Count > 0
                ? string.Join("; ", misfits)
                : $"none of {string.Join(", ", Candidates())} was found where the system looks for libraries";
        return false;
    }

    /// <summary>Sets the library's number of threads, if it can be set.</summary>
    /// <param name="count">At least 1.</param>
    public void SetThreads(int count)
    {
        if (_setThreads != null)
        {
            _setThreads(count);
        }
    }

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["openblas.dll", "libopenblas.dll"]
        : OperatingSystem.IsMacOS()
            ?
            [
                "libopenblas.dylib",
                "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
                "/usr/local/opt/openblas/lib/libopenblas.dylib",
                Accelerate,
            ]
        : ["libopenblas.so.0", "libopenblas.so"];

    // The configuration begins with the library's name and version.
    private static string VersionOf(string configuration) =>
        configuration.Split(' ', 3) is [var product, var version, ..] ? $"{product} {version}, " : string.Empty;

    private static nint Export(nint handle, string name) =>
        NativeLibrary.TryGetExport(handle, name, out var address) ? address : 0;

    private static string Text(nint handle, string function)
    {
        var get = (delegate* unmanaged<byte*>)Export(handle, function);
        return get == null ? string.Empty : Marshal.PtrToStringUTF8((nint)get()) ?? string.Empty;
    }
}
