using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class CodePointOrderTests
{
    // From the lowest code point to the highest. 'ｱ' (U+FF71) is below '😀' (U+1F600), though its UTF-16 unit is above
    // both of the emoji's.
    private static readonly string[] Ordered = ["", "A", "B", "a", "aa", "a😀", "é", "ｱ", "ｱa", "😀", "😀a", "😁"];

    [Fact]
    public void Texts_are_ordered_by_code_point_and_a_beginning_comes_before_the_whole()
    {
        Assert.Equal(Ordered, Ordered.Reverse().Order(CodePointOrder.Instance));
        for (var i = 0; i < Ordered.Length; i++)
        {
            for (var j = 0; j < Ordered.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(CodePointOrder.Instance.Compare(Ordered[i], Ordered[j])));
            }
        }
    }

    [Fact]
    public void Keys_stand_in_this_order_in_a_notebook()
    {
        var metadata = new JsonObject(Ordered.Reverse().Select(key => KeyValuePair.Create(key, (JsonNode?)true)));
        var text = NotebookWriter.ToText(new Notebook { Cells = [], Metadata = metadata });
        var places = Ordered.Select(key => text.IndexOf($"\"{key}\": true", StringComparison.Ordinal)).ToArray();
        Assert.All(places, place => Assert.True(place >= 0));
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Data_of_an_output_stand_in_this_order()
    {
        var values = Ordered.Reverse().Select(key => KeyValuePair.Create(key, (MimeValue)new MimeText("x")));
        var data = new MimeBundle(values);
        Assert.Equal(Ordered, data.Items.Select(item => item.Key));
    }
}
