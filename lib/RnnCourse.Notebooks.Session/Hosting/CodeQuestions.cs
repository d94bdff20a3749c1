using System.Collections.Concurrent;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>The questions about code that a session's process has not answered yet. They are answered even while a cell
/// runs.</summary>
internal sealed class CodeQuestions
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<ReplyMessage>> _pending = [];
    private int _last;

    /// <summary>Asks a question.</summary>
    /// <param name="findProcess">Returns the process to ask.</param>
    /// <param name="toQuestion">Makes the question from its number.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>The answer; an empty one if the process has ended.</returns>
    /// <exception cref="InvalidOperationException">The session failed to answer.</exception>
    /// <exception cref="OperationCanceledException">The question was cancelled.</exception>
    public async Task<ReplyMessage> AskAsync(
        Func<SupervisedProcess> findProcess,
        Func<int, CodeQuestion> toQuestion,
        CancellationToken cancellationToken
    )
    {
        var id = Interlocked.Increment(ref _last);
        var answered = new TaskCompletionSource<ReplyMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answered;
        try
        {
            findProcess().Session.Send(toQuestion(id));
            var reply = await answered.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return reply.Failure is null
                ? reply
                : throw new InvalidOperationException($"The session can't answer: {reply.Failure}");
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Passes an answer on; drops it if the question was cancelled.</summary>
    public void TakeReply(ReplyMessage reply)
    {
        if (_pending.TryGetValue(reply.Id, out var question))
        {
            question.TrySetResult(reply);
        }
    }

    /// <summary>Answers all questions with an empty answer, since the process has ended.</summary>
    public void EndAll()
    {
        foreach (var id in _pending.Keys)
        {
            TakeReply(new ReplyMessage(id));
        }
    }
}
