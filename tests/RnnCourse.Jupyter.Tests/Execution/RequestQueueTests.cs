using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Execution;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter.Tests.Execution;

public sealed class RequestQueueTests
{
    private readonly RequestQueue _queue = new();

    [Fact]
    public async Task What_waits_when_a_cell_fails_is_unwanted_and_what_comes_after_is_wanted()
    {
        await using var taken = _queue.TakeAsync().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Add("failing", "waiting 1", "waiting 2");
        Assert.Equal(("failing", true), await Next());

        _queue.LeaveOutWaiting();
        Add("sent after the answer");

        Assert.Equal(("waiting 1", false), await Next());
        Assert.Equal(("waiting 2", false), await Next());
        Assert.Equal(("sent after the answer", true), await Next());

        async Task<(string, bool)> Next()
        {
            Assert.True(await taken.MoveNextAsync());
            return (taken.Current.Request.Type, taken.Current.Wanted);
        }
    }

    private void Add(params string[] types)
    {
        foreach (var type in types)
        {
            _queue.Add(Channel.Shell, new Message([], new JsonObject { ["msg_type"] = type }, [], [], [], []));
        }
    }
}
