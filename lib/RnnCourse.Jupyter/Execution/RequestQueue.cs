using System.Threading.Channels;
using RnnCourse.Jupyter.Wire;
using Channel = RnnCourse.Jupyter.Wire.Channel;

namespace RnnCourse.Jupyter.Execution;

/// <summary>Requests in the order in which they came; added by the sockets' thread, taken by the one that
/// answers.</summary>
internal sealed class RequestQueue
{
    private readonly Channel<(Channel From, Message Request)> _requests =
        System.Threading.Channels.Channel.CreateUnbounded<(Channel, Message)>();
    private int _unwanted;

    /// <summary>Adds one at the end.</summary>
    public void Add(Channel from, Message request) => _requests.Writer.TryWrite((from, request));

    /// <summary>
    /// Marks those that wait now as unwanted: a client that sent all cells at once doesn't want those behind a failed
    /// one. To be called before the failure is answered, as what a client sends after having read that answer is
    /// wanted.
    /// </summary>
    public void LeaveOutWaiting() => _unwanted = _requests.Reader.Count;

    /// <summary>Takes one after the other, waiting for each, without end; says whether a cell in it is to be
    /// executed.</summary>
    public async IAsyncEnumerable<(Channel From, Message Request, bool Wanted)> TakeAsync()
    {
        await foreach (var (from, request) in _requests.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            var wanted = _unwanted == 0;
            _unwanted -= wanted ? 0 : 1;
            yield return (from, request, wanted);
        }
    }
}
