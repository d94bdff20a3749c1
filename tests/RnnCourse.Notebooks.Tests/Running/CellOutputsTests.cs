using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Running;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Running;

public sealed class CellOutputsTests
{
    private readonly CellOutputs _outputs = new(SecretRedactor.Of([]));

    [Fact]
    public void What_is_cleared_goes_at_once_or_with_the_next_output()
    {
        _outputs.Begin(1);
        Print("old");
        _outputs.Take(new OutputCleared(Wait: true));
        Assert.Equal(["old"], TextsOf(1));
        Print("new");
        Assert.Equal(["new"], TextsOf(1));
        _outputs.Take(new OutputCleared(Wait: false));
        Assert.Empty(TextsOf(1));
    }

    [Fact]
    public void A_cell_that_waits_for_an_output_to_clear_does_not_clear_the_next_cell()
    {
        _outputs.Begin(1);
        Print("first");
        _outputs.Take(new OutputCleared(Wait: true));
        _outputs.Begin(2);
        _outputs.Take(new ValueShown("d", MimeBundle.OfText(("text/plain", "second"))));
        _outputs.Take(new ValueReplaced("d", MimeBundle.OfText(("text/plain", "third"))));
        Assert.Equal(["first"], TextsOf(1));
        Assert.Equal(["third"], TextsOf(2));
    }

    [Fact]
    public void A_display_that_was_cleared_is_not_replaced_any_more()
    {
        _outputs.Begin(1);
        _outputs.Take(new ValueShown("d", MimeBundle.OfText(("text/plain", "cleared"))));
        _outputs.Take(new OutputCleared(Wait: false));
        Print("kept");
        _outputs.Take(new ValueReplaced("d", MimeBundle.OfText(("text/plain", "too late"))));
        Assert.Equal(["kept"], TextsOf(1));
    }

    private void Print(string text) => _outputs.Take(new TextPrinted(StreamOutput.StandardOutput, text));

    private IEnumerable<string?> TextsOf(int cell) =>
        _outputs
            .Of(cell)
            .Select(output =>
                output switch
                {
                    StreamOutput stream => stream.Text,
                    DisplayOutput display => display.Data.Text("text/plain"),
                    _ => null,
                }
            );
}
