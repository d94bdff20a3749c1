using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

/// <summary>A session in which the tests of a class are executed, one after the other.</summary>
public sealed class SharedSession : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("session").FullName;

    public SharedSession() =>
        Session = new(new SessionSettings(SessionProcessProgram.Start, _folder) { RestartsAfterEnd = true });

    internal ProcessSession Session { get; }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
