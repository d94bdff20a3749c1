namespace RnnCourse.Cli.Run;

/// <summary>
/// Has notebooks that run at the same time told in their order, as if they ran one by one: what a notebook has to say
/// before its turn waits for it.
/// </summary>
internal sealed class TellingOrder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<Action>> _waiting = [];
    private readonly HashSet<int> _ended = [];
    private int _turn = 1;

    /// <summary>Says something of a notebook, now or when its turn comes.</summary>
    /// <param name="index">The notebook's number, from 1.</param>
    /// <param name="say">Says it.</param>
    public void Say(int index, Action say)
    {
        lock (_gate)
        {
            if (index == _turn)
            {
                say();
            }
            else if (_waiting.TryGetValue(index, out var before))
            {
                before.Add(say);
            }
            else
            {
                _waiting.Add(index, [say]);
            }
        }
    }

    /// <summary>Says something only if it is the notebook's turn; later it would be old.</summary>
    /// <param name="index">The notebook's number, from 1.</param>
    /// <param name="say">Says it.</param>
    public void SayIfItsTurn(int index, Action say)
    {
        lock (_gate)
        {
            if (index == _turn)
            {
                say();
            }
        }
    }

    /// <summary>A notebook has said all; the next one's turn has come once all before it have ended.</summary>
    /// <param name="index">The notebook's number, from 1.</param>
    public void End(int index)
    {
        lock (_gate)
        {
            _ended.Add(index);
            while (_ended.Remove(_turn))
            {
                _turn++;
                if (_waiting.Remove(_turn, out var words))
                {
                    words.ForEach(say => say());
                }
            }
        }
    }
}
