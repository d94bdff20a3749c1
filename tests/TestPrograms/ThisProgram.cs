namespace RnnCourse.TestPrograms;

/// <summary>This test program as tests start it again, to be a session, a kernel or a server: translated into machine
/// code where that is possible.</summary>
public sealed class ThisProgram : IDisposable
{
    private static readonly Lazy<string?> Copy = new(() => TranslatedProgram.CopyOf(AppContext.BaseDirectory));

    /// <summary>The program's path.</summary>
    public static string Path =>
        Copy.Value is { } folder
            ? System.IO.Path.Combine(folder, System.IO.Path.GetFileName(Environment.ProcessPath!))
            : Environment.ProcessPath!;

    /// <summary>Deletes the copy when all tests have run.</summary>
    public void Dispose()
    {
        if (Copy is { IsValueCreated: true, Value: { } folder })
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
