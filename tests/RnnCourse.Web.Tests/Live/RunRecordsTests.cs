using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Live;

namespace RnnCourse.Web.Tests.Live;

public sealed class RunRecordsTests
{
    [Theory]
    [InlineData("var x = 1;", "x + 1", true)]
    [InlineData("var x = 1;", "y + 1", false)]
    [InlineData("int x;", "x", true)]
    [InlineData("x = 2;", "x", true)]
    [InlineData("x += 2;", "x", true)]
    [InlineData("x++;", "x", true)]
    [InlineData("--x;", "x", true)]
    [InlineData("numbers.Add(3);", "numbers.Count", true)]
    [InlineData("numbers[0] = 3;", "numbers.Count", true)]
    [InlineData("var (a, b) = (1, 2);", "b", true)]
    [InlineData("int Twice(int n) => 2 * n;", "Twice(2)", true)]
    [InlineData("int Twice(int n)\n{\n    return 2 * n;\n}", "Twice(2)", true)]
    [InlineData("record Pair(int A, int B);", "new Pair(1, 2)", true)]
    [InlineData("class C { }", "new C()", true)]
    [InlineData("using System.IO;", "1", true)]
    [InlineData("#r \"x.dll\"", "1", true)]
    [InlineData("Check.Word(\"cook\")", "Check.Sum(1)", false)]
    [InlineData("Console.WriteLine(1);", "Console.WriteLine(2);", false)]
    [InlineData("x == 1", "x", false)]
    [InlineData("// x = 1;", "x", false)]
    [InlineData("\"x = 1;\"", "x", false)]
    [InlineData("int Twice(int x) => 2 * x;", "x", false)]
    [InlineData("int Twice(Thing x)\n{\n    var y = x.Size;\n    return y;\n}", "x + y", false)]
    [InlineData("int[] Twice(int[] x) => [.. x, .. x];", "int y = 1;", false)]
    [InlineData("Console.WriteLine(string.Join(' ', \"a\"));", "string.Concat(\"a\", \"b\")", false)]
    [InlineData("int[] F() { return [1]; }", "int[] G() { return [2]; }", false)]
    [InlineData("var shares = words.Select(x => x.Length);", "x", false)]
    [InlineData("foreach (var x in words) { Console.WriteLine(x); }", "x", false)]
    [InlineData("foreach (var word in words) { x += word.Length; }", "x", true)]
    [InlineData("for (var x = 0; x < 3; x++) F(x);", "x", false)]
    [InlineData("int.TryParse(text, out var x);", "x", true)]
    [InlineData("var x = 1;", "int Twice(int x) => 2 * x;", false)]
    [InlineData("var x = 1;", "int Twice(int y) => 2 * y + x;", true)]
    [InlineData("var x = 1;", "$\"{x}\"", true)]
    [InlineData("static int Twice(this int n) => 2 * n;", "3.Twice()", true)]
    [InlineData("record Pair(int A);", "pair is { A: 1 } and Pair", true)]
    public void A_cell_is_stale_if_it_mentions_what_a_cell_above_sets_that_was_run_again(
        string above,
        string below,
        bool isStale
    )
    {
        Cell[] cells = [TestFolder.MakeCell("a", above), TestFolder.MakeCell("b", below)];
        var runs = new RunRecords();
        runs.Begin(cells[0]);
        runs.Begin(cells[1]);
        Assert.Equal([CellFreshness.Fresh, CellFreshness.Fresh], runs.Of(cells));
        runs.Begin(cells[0]);
        Assert.Equal([CellFreshness.Fresh, isStale ? CellFreshness.Stale : CellFreshness.Fresh], runs.Of(cells));
    }

    [Fact]
    public void What_depends_on_a_stale_cell_is_stale_too()
    {
        Cell[] cells =
        [
            TestFolder.MakeCell("a", "var x = 1;"),
            TestFolder.MakeCell("b", "var y = x;"),
            TestFolder.MakeCell("c", "y"),
            TestFolder.MakeCell("d", "z"),
        ];
        var runs = new RunRecords();
        Array.ForEach(cells, runs.Begin);
        cells[0] = cells[0] with { Source = "var x = 2;" };
        Assert.Equal(
            [CellFreshness.Changed, CellFreshness.Stale, CellFreshness.Stale, CellFreshness.Fresh],
            runs.Of(cells)
        );
    }

    [Fact]
    public void Methods_whose_parameters_have_the_names_of_variables_leave_the_cells_between_them_alone()
    {
        // Lesson 06: exercises 1b and 2b, and the cell between them.
        Cell[] cells =
        [
            TestFolder.MakeCell("a", "var rnn = Make();\nvar x = OneHot(rnn);"),
            TestFolder.MakeCell("1b", "List<int> MyRun(Net rnn, List<int> x)\n{\n    return [];\n}"),
            TestFolder.MakeCell("between", "List<int> Forgetful(Net net, List<int> xs) => [];\nForgetful(rnn, x)"),
            TestFolder.MakeCell("2b", "List<int> Mended(Net net, List<int> xs) => xs.ToList();\nCheck(Mended)"),
        ];
        var runs = new RunRecords();
        Array.ForEach(cells, runs.Begin);
        runs.Begin(cells[1]);
        runs.Begin(cells[3]);
        Assert.All(runs.Of(cells), freshness => Assert.Equal(CellFreshness.Fresh, freshness));
    }

    [Fact]
    public void A_new_session_knows_of_no_run()
    {
        Cell[] cells = [TestFolder.MakeCell("a", "1")];
        var runs = new RunRecords();
        runs.Begin(cells[0]);
        runs.Fail("a");
        Assert.Equal([CellFreshness.Failed], runs.Of(cells));
        runs.Clear();
        Assert.Equal([CellFreshness.Stored], runs.Of(cells));
    }
}
