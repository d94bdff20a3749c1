using RnnCourse.Cli.Run;

namespace RnnCourse.Cli.Tests.Run;

public sealed class OrderedOutputTests
{
    private readonly OrderedOutput _order = new();
    private readonly List<string> _said = [];

    [Fact]
    public void What_comes_before_its_turn_waits_for_it()
    {
        Say(3, "third begins");
        Say(1, "first begins");
        Say(3, "third ends");
        _order.Complete(3);
        Assert.Equal(["first begins"], _said);

        Say(2, "second begins");
        Say(1, "first ends");
        _order.Complete(1);
        Assert.Equal(["first begins", "first ends", "second begins"], _said);

        _order.Complete(2);
        Assert.Equal(["first begins", "first ends", "second begins", "third begins", "third ends"], _said);

        Say(4, "fourth begins");
        Assert.Equal("fourth begins", _said[^1]);
    }

    [Fact]
    public void A_sign_of_life_comes_now_or_never()
    {
        _order.WriteIfCurrent(2, () => _said.Add("old"));
        _order.WriteIfCurrent(1, () => _said.Add("new"));
        _order.Complete(1);
        Assert.Equal(["new"], _said);
    }

    private void Say(int index, string words) => _order.Write(index, () => _said.Add(words));
}
