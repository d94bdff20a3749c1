using System.Text;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// The text that a session process writes to its real standard output or error, bypassing the console of the cells. It
/// comes from native code, child processes, and the runtime's crash report. The process writes a marker after each
/// cell, which tells to which cell the text belongs.
/// </summary>
internal sealed class NativeOutput
{
    // How much of a cell's output is kept from its beginning and from its end, where a crash report would be.
    private const int Kept = 20_000;

    private readonly Lock _gate = new();
    private readonly StringBuilder _head = new();
    private readonly Queue<string> _finished = new();
    private readonly string _marker;
    private string _tail = "";
    private long _dropped;
    private TaskCompletionSource<string>? _waiting;
    private bool _ended;

    public NativeOutput(StreamReader reader, string marker)
    {
        _marker = marker;
        Completed = ReadAllAsync(reader);
    }

    /// <summary>A task that ends when the stream has ended.</summary>
    public Task Completed { get; }

    /// <summary>Takes the text after the last marker, as soon as the next marker arrives or the stream ends.</summary>
    public Task<string> TakeCellAsync()
    {
        lock (_gate)
        {
            var taken = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting = taken;
            Answer();
            return taken.Task;
        }
    }

    /// <summary>Takes the text that has been written since the last marker.</summary>
    public string TakeRest()
    {
        lock (_gate)
        {
            return _finished.TryDequeue(out var text) ? text + TakeOpen() : TakeOpen();
        }
    }

    private async Task ReadAllAsync(StreamReader reader)
    {
        var buffer = new char[16_384];
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lock (_gate)
                {
                    Add(buffer.AsSpan(0, read));
                    Answer();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process has ended; nothing more will come.
        }

        lock (_gate)
        {
            _ended = true;
            Answer();
        }
    }

    // The tail is searched again together with the next piece, since a marker may arrive in two pieces.
    private void Add(ReadOnlySpan<char> piece)
    {
        var text = string.Concat(_tail, piece);
        _tail = "";
        int end;
        while ((end = text.IndexOf(_marker, StringComparison.Ordinal)) >= 0)
        {
            _tail = text[..end];
            _finished.Enqueue(TakeOpen());
            text = text[(end + _marker.Length)..];
        }

        var room = Math.Min(Kept - _head.Length, text.Length - _marker.Length);
        if (room > 0)
        {
            _head.Append(text, 0, room);
            text = text[room..];
        }

        if (text.Length > 2 * Kept)
        {
            // Endless output must not fill the memory.
            _dropped += text.Length - Kept;
            text = text[^Kept..];
        }

        _tail = text;
    }

    private string TakeOpen()
    {
        var text =
            _dropped == 0 && _head.Length + _tail.Length <= 2 * Kept
                ? _head + _tail
                : $"{_head}\n{OutputLimits.CutNote(_dropped)}\n{_tail}";
        _head.Clear();
        _tail = "";
        _dropped = 0;
        return text;
    }

    private void Answer()
    {
        if (_waiting is null || (_finished.Count == 0 && !_ended))
        {
            return;
        }

        _waiting.TrySetResult(_finished.TryDequeue(out var text) ? text : TakeOpen());
        _waiting = null;
    }
}
