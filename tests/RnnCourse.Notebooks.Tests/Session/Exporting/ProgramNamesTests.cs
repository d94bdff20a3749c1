namespace RnnCourse.Notebooks.Tests.Session.Exporting;

public sealed class ProgramNamesTests : IDisposable
{
    private readonly Exports _exports = new();

    public void Dispose() => _exports.Dispose();

    [Fact]
    public async Task A_variable_declared_again_gets_a_number_and_each_use_follows_its_own()
    {
        string[] cells =
        [
            "var x = 1;\nint Old() => x;",
            "var x = $\"{Old()}\";",
            "Console.WriteLine(x.Length + Old());",
        ];
        var program = await _exports.ProgramOf(cells);
        Assert.Equal("var x = 1;\nint Old() => x;", Exports.Section(program, "Cell 1: cell-1"));
        Assert.Equal("Console.WriteLine(x2.Length + Old());", Exports.Section(program, "Cell 3: cell-3"));
    }

    [Fact]
    public async Task The_number_of_a_name_that_ends_with_a_digit_is_set_apart() =>
        Assert.Equal("var x1_2 = 2;", await _exports.StatementsOf(2, "var x1 = 1;", "var x1 = 2;"));

    [Fact]
    public async Task Overloads_and_types_declared_again_get_numbers()
    {
        var program = await _exports.ProgramOf(
            "string Name(int i) => \"int\";\nstring Name(string s) => \"text\";\nclass A { public A() { } }",
            "Console.WriteLine(Name(1) + Name(\"\") + new A());",
            "class A { public A(int i) { } }\nvar a = new A(1);\nFunc<string, string> f = Name;"
        );
        Assert.Equal(
            "string Name(int i) => \"int\";\nstring Name2(string s) => \"text\";",
            Exports.Section(program, "Cell 1: cell-1")
        );
        Assert.Equal("Console.WriteLine(Name(1) + Name2(\"\") + new A());", Exports.Section(program, "Cell 2: cell-2"));
        Assert.Equal("var a = new A2(1);\nFunc<string, string> f = Name2;", Exports.Section(program, "Cell 3: cell-3"));
        Assert.Equal("class A2 { public A2(int i) { } }", Exports.Section(program, "Types of cell 3: cell-3"));
    }

    [Fact]
    public async Task Loops_make_way_for_the_variables_of_cells_and_functions_need_not()
    {
        var program = await _exports.ProgramOf(
            "for (var k = 0; k < 2; k++) Console.Write(k);\nforeach (var k in new[] { 1 }) "
                + "Console.Write(k);\nint F(int k) => k;\nFunc<int, int> g = k => k;",
            "var k = 5;\nvar q = from j in new[] { 1 } select j;",
            "var j = k;"
        );
        Assert.Equal(
            "for (var k2 = 0; k2 < 2; k2++) Console.Write(k2);\nforeach (var k2 in new[] { 1 }) "
                + "Console.Write(k2);\nint F(int k) => k;\nFunc<int, int> g = k => k;",
            Exports.Section(program, "Cell 1: cell-1")
        );
        Assert.Equal(
            "var k = 5;\nvar q = from j2 in new[] { 1 } select j2;",
            Exports.Section(program, "Cell 2: cell-2")
        );
    }

    [Fact]
    public async Task A_name_that_earlier_cells_took_from_a_library_stays_the_librarys()
    {
        var program = await _exports.ProgramOf(
            "using static System.Math;\nConsole.WriteLine(Max(1, 2));",
            "int Max(int a, int b) => 0;\nMax(1, 2)",
            "var args = 1;"
        );
        Assert.Equal("Console.WriteLine(Max(1, 2));", Exports.Section(program, "Cell 1: cell-1"));
        Assert.Equal("int Max2(int a, int b) => 0;\ndisplay(Max2(1, 2));", Exports.Section(program, "Cell 2: cell-2"));
        Assert.Equal("var args2 = 1;", Exports.Section(program, "Cell 3: cell-3"));
    }

    [Fact]
    public async Task Members_that_take_the_name_of_a_renamed_variable_keep_it() =>
        Assert.Equal(
            "var (x2, y_1) = (\"a\", 2);\nvar pair = new { x = x2, y_1 };\nvar tuple = (x: x2, y_1);\n"
                + "Console.WriteLine(\"x\" + pair.x + tuple.x);",
            await _exports.StatementsOf(
                2,
                "var x = 1;",
                "var (x, y_1) = (\"a\", 2);\nvar pair = new { x, y_1 };\nvar tuple = (x, y_1);\n"
                    + "Console.WriteLine(nameof(x) + pair.x + tuple.x);"
            )
        );

    [Fact]
    public async Task A_result_with_a_renamed_beginning_is_shown() =>
        Assert.Equal(
            "var x2 = \"a\";\ndisplay(x2.Length);",
            await _exports.StatementsOf(2, "var x = 1;", "var x = \"a\";\nx.Length")
        );
}
