using System.Threading.Channels;
using RnnCourse.Jupyter.Wire;
using Channel = RnnCourse.Jupyter.Wire.Channel;

namespace RnnCourse.Jupyter.Execution;

/// <summary>Requests in the order of their arrival; added by the sockets' thread, and taken by the thread that answers
/// them.</summary>
internal sealed class RequestQueue
{
    private readonly Channel<(Channel From, Message Request)> _requests =
        System.Threading.Channels.Channel.CreateUnbounded<(Channel, Message)>();
    private int _unwanted;

    /// <summary>Adds a request at the end.</summary>
    public void Add(Channel from, Message request) => _requests.Writer.TryWrite((from, request));

    /// <summary>
    /// Marks the requests that are now waiting as unwanted: a client that sent all cells at once doesn't want those
    /// after a failed one. To be called before the failure is answered, since requests that a client sends after
    /// reading that answer are wanted.
    /// </summary>
    public void LeaveOutWaiting() => _unwanted = _requests.Reader.Count;

    /// <summary>Takes one request after the other, without end, waiting for each; tells whether a cell in it is still
    /// wanted.</summary>
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
