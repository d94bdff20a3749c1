using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Tests.Session.Display;

public sealed class OutputLimitsTests
{
    private static readonly OutputLimits Small = new() { PlainCharacters = 10, RichCharacters = 20 };

    [Fact]
    public void What_is_small_stays_as_it_is()
    {
        var bundle = MimeBundle.OfText(("text/plain", "0123456789"), ("text/html", "<b>0123456789</b>"));
        Assert.Same(bundle, Small.Cut(bundle));
    }

    [Fact]
    public void Long_plain_text_is_cut_with_a_note_of_its_length()
    {
        var cut = Small.Cut(MimeBundle.OfText(("text/plain", new string('x', 1_500))));
        Assert.Equal("xxxxxxxxxx\n[cut here: 1,490 more characters]", cut.Text("text/plain"));
    }

    [Fact]
    public void A_rich_form_that_is_too_long_is_left_out_whole()
    {
        var cut = Small.Cut(MimeBundle.OfText(("text/plain", "table"), ("text/html", new string('x', 21))));
        Assert.Equal(["text/plain"], cut.MimeTypes);
        Assert.Equal("table\n[text/html of 21 characters left out: more than 20]", cut.Text("text/plain"));
    }

    [Fact]
    public void Json_counts_as_it_would_be_written()
    {
        var json = new MimeJson(JsonNode.Parse("[1,2,3,4,5,6,7,8,9,10,11,12]"));
        var bundle = new MimeBundle([KeyValuePair.Create<string, MimeValue>("application/json", json)]);
        Assert.Equal(["text/plain"], Small.Cut(bundle).MimeTypes);
    }
}
