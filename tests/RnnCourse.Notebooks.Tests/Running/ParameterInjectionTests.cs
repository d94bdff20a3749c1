using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Running;
using static RnnCourse.Notebooks.Tests.Running.Notebooks;

namespace RnnCourse.Notebooks.Tests.Running;

public sealed class ParameterInjectionTests
{
    private const string Declarations =
        "int epochs = 5;\ndouble rate = 0.1;\nfloat decay = 0.5f;\nvar name = \"a\";\nbool fast = false;\nint[] sizes "
        + "= { 1 };\nList<double> rates = new() { 1 };\nvar words = new[] { \"x\" };\nconst int Limit = 3;\nint? maybe "
        + "= 1;\ndecimal price = 1m;\nlong big = 1;\nint Twice() => 2 * epochs;";

    [Fact]
    public async Task Values_take_the_declared_types_and_all_that_uses_them_sees_them()
    {
        var notebook = Apply(
            Of(Cell("p", Declarations, "parameters"), Cell("show", Show)),
            ("epochs", "7"),
            ("rate", "2"),
            ("decay", "0.25"),
            ("name", "007 \"q\" \\"),
            ("fast", "true"),
            ("sizes", "[3, 4]"),
            ("rates", "[1, 2.5]"),
            ("words", "[\"b\", \"1\"]"),
            ("Limit", "9"),
            ("maybe", "null"),
            ("price", "0.30"),
            ("big", "5000000000")
        );
        var run = await notebook.RunAsync();
        Assert.Null(run.Failure?.Error.Traceback);
        Assert.Equal("7 14 2 0.25 007 \"q\" \\ True 3,4 1,2.5 b,1 9 True 0.30 5000000000", run.TextOf("show"));
    }

    private const string Show =
        "Console.Write($\"{epochs} {Twice()} {rate} {decay} {name} {fast} {string.Join(',', sizes)} "
        + "{string.Join(',', rates)} {string.Join(',', words)} {Limit} {maybe is null} {price} {big}\");";

    [Fact]
    public void The_new_cell_stands_behind_the_declarations_with_its_tag_and_replaces_an_older_one()
    {
        var once = Apply(
            Of(Cell("title", "1"), Cell("p", Declarations, "parameters"), Cell("end", "2")),
            ("epochs", "-5")
        );
        var twice = Apply(once, ("epochs", "8"));
        Assert.Equal(["title", "p", "injected-parameters", "end"], twice.Cells.Select(cell => cell.Id));
        Assert.Equal("// Parameters of this run\nepochs = 8;", twice.Cells[2].Source);
        Assert.Equal(["injected-parameters"], CellTags.Of(twice.Cells[2]));
        Assert.Equal("// Parameters of this run\nepochs = -5;", once.Cells[2].Source);
    }

    [Fact]
    public async Task A_notebook_that_declares_none_gets_them_at_its_beginning()
    {
        var notebook = Apply(
            Of(Cell("show", "Console.Write($\"{n} {x} {s} {list.Sum()}\");")),
            ("n", "3"),
            ("x", "1e-3"),
            ("s", "a\nb"),
            ("list", "[1.5, 2.0]")
        );
        Assert.Equal("injected-parameters", notebook.Cells[0].Id);
        Assert.Equal("3 0.001 a\nb 3.5", (await notebook.RunAsync()).TextOf("show"));
    }

    [Theory]
    [InlineData(
        "epoch",
        "5",
        "The notebook has no parameter 'epoch'; its cell tagged 'parameters' declares epochs, rate,"
    )]
    [InlineData("epochs", "0.5", "'0.5' doesn't fit epochs, which the notebook declares as int.")]
    [InlineData("epochs", "99999999999", "'99999999999' doesn't fit epochs")]
    [InlineData("epochs", "1; Environment.Exit(1)", "doesn't fit epochs")]
    [InlineData("fast", "yes", "'yes' doesn't fit fast, which the notebook declares as bool.")]
    [InlineData("sizes", "1,2", "Write a list as in JSON")]
    [InlineData("sizes", "[1, 2.5]", "'2.5' doesn't fit sizes")]
    [InlineData("rate", "0x1F", "doesn't fit rate")]
    public void What_does_not_fit_is_reported(string name, string value, string message)
    {
        var problem = Assert.Throws<ParameterException>(() =>
            Apply(Of(Cell("p", Declarations, "parameters")), (name, value))
        );
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_can_smuggle_no_code_in() =>
        Assert.Throws<ParameterException>(() => Apply(Of(Cell("a", "1")), ("x = 1; Environment.Exit(1); var y", "1")));

    private static Notebook Apply(Notebook notebook, params (string Name, string Value)[] values) =>
        ParameterInjection.Apply(notebook, [.. values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
}
