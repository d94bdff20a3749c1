using RnnCourse.Web.Live;

namespace RnnCourse.Web.Tests.Live;

public sealed class CellNamesTests
{
    [Theory]
    [InlineData("var x = 1;", "x")]
    [InlineData("double y;\nint[] z = [1];", "y z")]
    [InlineData("Matrix<double> W = null, V = null;", "W")]
    [InlineData("List<(int A, string B)> pairs = [];", "pairs")]
    [InlineData("int Twice(int n) => 2 * n;", "Twice")]
    [InlineData("static IEnumerable<T> Where<T>(T a) where T : class { yield break; }", "Where")]
    [InlineData("async Task<int> F()\n{\n    return await G();\n}", "F")]
    [InlineData("record Pair(int A, int B);\nclass Node { }\nenum Kind { One }", "Pair Node Kind")]
    [InlineData("var (they, the) = (Read(\"they\"), Read(\"the\"));", "they the")]
    [InlineData("(int a, var b) = F();", "a b")]
    [InlineData("int.TryParse(text, out var number);", "number")]
    [InlineData("System.Text.StringBuilder builder = new();\nstring? maybe = null;", "builder maybe")]
    public void It_knows_what_a_cell_declares(string code, string names) =>
        Assert.All(names.Split(' '), name => Assert.True(CellNames.Of(code).Declares(name), name));

    [Theory]
    [InlineData("x = 1;", "x")]
    [InlineData("return x;", "x")]
    [InlineData("x.Add(1); F(x);", "x")]
    [InlineData("throw new ArgumentException(message);", "message")]
    [InlineData("// var x = 1;", "x")]
    [InlineData("Console.WriteLine(\"var x = 1;\");", "x")]
    [InlineData("if (a == b) { c(); }", "b")]
    [InlineData("x => x + 1", "x")]
    public void What_a_cell_only_uses_is_not_declared(string code, string name) =>
        Assert.False(CellNames.Of(code).Declares(name));

    [Fact]
    public void A_cell_is_needed_by_those_that_mention_what_it_declares_or_by_all_if_it_brings_libraries()
    {
        Assert.True(CellNames.Of("var x = 1;").IsNeededBy(CellNames.Of("x + 1")));
        Assert.False(CellNames.Of("var x = 1;").IsNeededBy(CellNames.Of("y + 1")));
        Assert.False(CellNames.Of("x.Add(1);").IsNeededBy(CellNames.Of("x.Count")));
        Assert.True(CellNames.Of("#r \"a.dll\"").IsNeededBy(CellNames.Of("1")));
        Assert.True(CellNames.Of("using System.IO;").IsNeededBy(CellNames.Of("1")));
    }
}
