using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

/// <summary>Tests that execute the cells of one notebook in a separate folder.</summary>
public abstract class SessionTests : IDisposable
{
    private readonly Lazy<ScriptSession> _session;
    private int _cells;

    protected SessionTests() => _session = new Lazy<ScriptSession>(() => new ScriptSession(Options));

    /// <summary>The options of the session, which starts with the first cell.</summary>
    protected virtual ScriptSessionOptions Options => new(Folder) { MissingLibraryHint = "Build it first." };

    protected string Folder { get; } = Directory.CreateTempSubdirectory("session").FullName;

    public void Dispose()
    {
        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected Task<CellOutcome> RunAsync(string source) =>
        _session.Value.ExecuteAsync(CellSource.OfCell("lesson.ipynb", ++_cells, source));

    protected Task<CellOutcome> RunAsync(string source, CellExecution execution) =>
        _session.Value.ExecuteAsync(CellSource.OfCell("lesson.ipynb", ++_cells, source), execution);

    protected async Task<object?> ResultAsync(string source)
    {
        var outcome = await RunAsync(source);
        Assert.Null(outcome.Error?.Traceback);
        return outcome.Result;
    }

    protected async Task<CellError> ErrorAsync(string source)
    {
        var error = (await RunAsync(source)).Error;
        Assert.NotNull(error);
        return error;
    }
}
