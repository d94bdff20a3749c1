using System.Text;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// What a worker process writes to its real standard output or error, past the console that cells see: native code, child
/// processes, the runtime's last words. A marker, written by the worker after each cell, tells which cell it belongs to.
/// </summary>
internal sealed class NativeOutput
{
    private const int Kept = 20_000;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly string _marker;
    private TaskCompletionSource<string>? _waiting;
    private bool _ended;

    public NativeOutput(StreamReader reader, string marker)
    {
        _marker = marker;
        Completed = ReadAllAsync(reader);
    }

    /// <summary>Ends when the stream has ended.</summary>
    public Task Completed { get; }

    /// <summary>What was written since the last marker, as soon as the next marker comes or the stream ends.</summary>
    public Task<string> TakeCellAsync()
    {
        lock (_gate)
        {
            var taken = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting = taken;
            Check();
            return taken.Task;
        }
    }

    /// <summary>What was written since the last marker, until now.</summary>
    public string TakeRest()
    {
        lock (_gate)
        {
            var text = _text.ToString();
            _text.Clear();
            return Shorten(text);
        }
    }

    private async Task ReadAllAsync(StreamReader reader)
    {
        var buffer = new char[4_096];
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lock (_gate)
                {
                    _text.Append(buffer, 0, read);
                    Check();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is gone; what came is all there is.
        }

        lock (_gate)
        {
            _ended = true;
            Check();
        }
    }

    private void Check()
    {
        var text = _text.ToString();
        var end = text.IndexOf(_marker, StringComparison.Ordinal);
        if (end < 0 && text.Length > 10 * Kept)
        {
            // Endless native output must not fill the memory; the marker may have begun in what stays.
            _text.Remove(Kept, text.Length - (2 * Kept));
        }

        if (_waiting is null || (end < 0 && !_ended))
        {
            return;
        }

        _text.Remove(0, end < 0 ? _text.Length : end + _marker.Length);
        _waiting.TrySetResult(Shorten(end < 0 ? text : text[..end]));
        _waiting = null;
    }

    private static string Shorten(string text) =>
        text.Length <= Kept ? text : text[..Kept] + "\n" + Display.OutputLimits.CutNote(text.Length - Kept) + "\n";
}
