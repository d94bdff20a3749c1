using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Web.Live;

namespace RnnCourse.Web.Tests.Live;

public sealed class CodeContextTests
{
    [Fact]
    public void Cells_above_stand_before_the_cell_their_usings_first()
    {
        var context = CodeContext.Of(["var a = 1;\na", "#r \"x.dll\"\nusing System.IO;\nusing var f = a;"], "a + b");
        Assert.StartsWith("#r \"x.dll\"\nusing System.IO;\nvar a = 1;\na\n;\n", context.Code, StringComparison.Ordinal);
        Assert.EndsWith("using var f = a;\n;\na + b", context.Code, StringComparison.Ordinal);
        Assert.Equal(context.Code.Length - 1, context.ToContext(4));
    }

    [Fact]
    public void What_is_found_comes_back_in_the_places_of_the_cell()
    {
        var context = CodeContext.Of(["var a = 1;"], "a + b");
        var found = context.ToCell([
            new CodeDiagnostic(0, 1, true, "CS0103", "in the cell above"),
            new CodeDiagnostic(context.ToContext(4), context.ToContext(5), true, "CS0103", "here"),
            new CodeDiagnostic(
                context.ToContext(0),
                context.ToContext(1),
                true,
                "CS0102",
                "declared twice, which cells may do"
            ),
        ]);
        Assert.Equal([new CodeDiagnostic(4, 5, true, "CS0103", "here")], found);
        Assert.Equal(1, context.ToCell(new CompletionList(context.ToContext(1), context.ToContext(2), [])).Start);
    }

    [Fact]
    public void Where_a_package_has_yet_to_be_fetched_unknown_names_are_not_mistakes()
    {
        var context = CodeContext.Of(["#r \"nuget: Some.Package, 1.0.0\""], "Something");
        Assert.Empty(
            context.ToCell([new CodeDiagnostic(context.ToContext(0), context.ToContext(9), true, "CS0103", "")])
        );
    }

    [Fact]
    public void A_cell_with_nothing_above_stands_alone()
    {
        var context = CodeContext.Of([], "1");
        Assert.Equal("1", context.Code);
        Assert.Equal(0, context.ToContext(0));
    }
}
