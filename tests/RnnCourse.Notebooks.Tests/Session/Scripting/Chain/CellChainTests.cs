using System.Runtime.CompilerServices;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Chain;

public sealed class CellChainTests : IDisposable
{
    // Enough cells for hidden ones to be removed twice.
    private const int Often = 40;
    private const int Last = Often - 1;

    private readonly ScriptSession _session = new(new ScriptSessionOptions(Path.GetTempPath()) { LastingCells = 0 });
    private int _count;

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_cell_that_declares_nothing_is_given_back()
    {
        await RunAsync("var other = 1;");
        var cell = await LeaveAsync("((Func<int>)(() => other)).Method.Module.Assembly", assembly => assembly);
        await AssertGoneAsync(cell);
    }

    [Fact]
    public async Task A_cell_whose_names_are_all_declared_again_is_given_back()
    {
        await RunAsync("var other = 1;");
        var cell = await LeaveAsync(
            "var made = other; Func<int> Give() => () => made; Give()",
            made => ((Delegate)made).Method.Module.Assembly
        );
        for (var i = 0; i < Often; i++)
        {
            await RunAsync($"var made = {i}; Func<int> Give() => () => made + 1;");
        }

        await AssertGoneAsync(cell);
        Assert.Equal(Often, await RunAsync("Give()()"));
    }

    [Fact]
    public async Task The_first_cells_of_a_session_stay_loaded()
    {
        using var session = new ScriptSession(new ScriptSessionOptions(Path.GetTempPath()));
        Assert.False(
            (await session.ExecuteAsync(new CellSource("1", "new { A = 1 }"))).Result!.GetType().Assembly.IsCollectible
        );
    }

    [Fact]
    public async Task Types_of_cells_stay_loaded_so_that_generated_code_can_build_on_them()
    {
        await RunAsync("1");
        Assert.False((bool)(await RunAsync("class A { } typeof(A).Assembly.IsCollectible"))!);
    }

    [Fact]
    public async Task What_a_variable_held_is_let_go_when_it_is_declared_again()
    {
        await RunAsync("0");
        var data = await LeaveAsync("var data = new byte[10]; data", value => value);
        await RunAsync("var data = 1;");
        await AssertGoneAsync(data);
    }

    [Fact]
    public async Task A_method_keeps_the_variable_that_it_was_written_for()
    {
        await RunAsync("var data = new byte[10]; int Size() => data.Length;");
        await RedeclareAsync("data");
        await CollectAsync();
        Assert.Equal(10, await RunAsync("Size()"));
    }

    [Fact]
    public async Task What_a_cell_leaves_running_lives_on_without_it()
    {
        await RunAsync("var source = new TaskCompletionSource<int>(); Func<int>? call = null; Task<int>? task = null;");
        await RunAsync(
            "{ var k = 41; call = () => k + 1; task = Task.Run(async () => new[] { await source.Task "
                + "}.Select(x => x + k).Single()); }"
        );
        await RedeclareAsync("unrelated");
        await CollectAsync();
        Assert.Equal(42, await RunAsync("call!()"));
        Assert.Equal(43, await RunAsync("source.SetResult(2); await task!"));
    }

    [Fact]
    public async Task Many_declarations_of_one_name_leave_the_other_names_as_they_are()
    {
        await RunAsync("using System.Text.Json;\nvar x = 1;");
        await RunAsync("var y = x * 2; int Twice(int v) => v * y;");
        await RunAsync("var broken = 7; if (y > 0) throw new Exception(); var never = 1;");
        await RedeclareAsync("x");
        await RunAsync("var z = x;");
        await RedeclareAsync("x");
        Assert.True(Length() < 30, $"{Length()} cells are kept");
        Assert.Equal(
            $"[2,6,7,{Last},{Last}]",
            await RunAsync("JsonSerializer.Serialize(new[] { y, Twice(3), broken, z, x })")
        );
    }

    [Fact]
    public async Task A_cell_that_calls_its_own_method_does_not_need_the_one_before()
    {
        for (var i = 0; i < Often; i++)
        {
            Assert.Equal(i, await RunAsync($"int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1); Depth({i})"));
        }

        Assert.True(Length() < 30, $"{Length()} cells are kept");
    }

    [Fact]
    public async Task A_variable_that_is_used_keeps_only_the_cell_that_it_is_found_in()
    {
        for (var i = 0; i < Often; i++)
        {
            await RunAsync($"var x = {i};");
            await RunAsync("var y = x + 1;");
        }

        Assert.True(Length() < 50, $"{Length()} cells are kept");
        Assert.Equal(Often, await RunAsync("y"));
    }

    [Fact]
    public async Task A_library_stays_known_when_the_names_of_its_cell_are_declared_again()
    {
        var library = typeof(CsCheck.Gen).Assembly.Location;
        await RunAsync("var first = 1;");
        await RunAsync($"#r \"{library}\"\nvar x = 1;");
        await RedeclareAsync("x");
        Assert.Equal("Gen", await RunAsync("typeof(CsCheck.Gen).Name"));
    }

    [Fact]
    public async Task Methods_of_one_name_remain_overloads()
    {
        await RunAsync("string Of(string s) => \"text\";");
        for (var i = 0; i < Often; i++)
        {
            await RunAsync($"string Of(int n) => \"number {i}\";");
        }

        Assert.Equal($"text, number {Last}", await RunAsync("Of(\"\") + \", \" + Of(1)"));
    }

    [Fact]
    public async Task A_function_below_a_number_of_its_name_can_still_be_called()
    {
        await RunAsync("Func<int, int> f = v => v + 1;");
        await RedeclareAsync("f");
        Assert.Equal(2, await RunAsync("f(1)"));
    }

    [Fact]
    public async Task Objects_of_a_class_declared_again_keep_the_class_they_were_made_of()
    {
        await RunAsync("class A { public int V = -1; }");
        await RunAsync("var a = new A();");
        for (var i = 0; i < Often; i++)
        {
            await RunAsync($"class A {{ public int V = {i}; }}");
        }

        Assert.Equal(-1, await RunAsync("a.V"));
        Assert.Equal(Last, await RunAsync("new A().V"));
    }

    [Fact]
    public async Task Nameless_types_of_earlier_cells_stay_the_same_types()
    {
        await RedeclareAsync("x");
        await RunAsync("var point = new { X = 1, Y = 2 };");
        await RedeclareAsync("x");
        await RunAsync("point = new { X = 3, Y = x };");
        Assert.Equal($"{{ X = 3, Y = {Last} }}", (await RunAsync("point"))!.ToString());
        for (var i = 0; i < Often; i++)
        {
            await RunAsync($"var point = new {{ X = {i}, Y = x }};");
        }

        Assert.Equal($"{{ X = {Last}, Y = {Last} }}", (await RunAsync("point"))!.ToString());
    }

    [Fact]
    public async Task Equal_nameless_objects_of_several_cells_are_equal()
    {
        await RunAsync("var seen = new HashSet<object>();");
        await RunAsync("seen.Add(new { A = 1 })");
        Assert.True((bool)(await RunAsync("seen.Contains(new { A = 1 })"))!);
        await RunAsync("var p = new { A = 1, B = 2 }; object o = p;");
        await RedeclareAsync("p");
        Assert.True((bool)(await RunAsync("o.Equals(new { A = 1, B = 2 })"))!);
    }

    [Theory]
    [InlineData("using System.IO;\nvar x = 1;")]
    [InlineData("int X => 1;")]
    [InlineData("event Action? Happens;")]
    [InlineData("T Id<T>(T x) where T : struct => x;")]
    [InlineData("static int Half(this int x) => x / 2;")]
    [InlineData("new { A = 1 }")]
    [InlineData("class C { } int F(C? c) => 1;")]
    public async Task A_cell_that_is_executed_again_and_again_is_kept_a_few_times(string code)
    {
        for (var i = 0; i < Often; i++)
        {
            await RunAsync(code);
        }

        Assert.True(Length() < 30, $"{Length()} cells are kept");
    }

    [Theory]
    [InlineData("int F(int a, int b = 2) => a + b;", "int F(int a, int b) => 0;", "F(1)", 3)]
    [InlineData("int F(params int[] a) => a.Length;", "int F(int[] a) => 0;", "F(1, 2)", 2)]
    [InlineData("int F(int alpha) => 1;", "int F(int beta) => 2;", "F(alpha: 0)", 1)]
    [InlineData("string F(int a) => \"text\";", "int F(int a) => 0;", "Func<int, string> g = F; g(1).Length", 4)]
    [InlineData("class C { } var old = new C(); int F(C c) => 1;", "class C { } int F(C c) => 2;", "F(old)", 1)]
    [InlineData("int F<T>(T a) where T : struct => 1;", "int F<T>(T a) where T : class => 2;", "F(0)", 1)]
    [InlineData("using System.Text.Json;\nvar y = 1;", "var y = 2;", "JsonSerializer.Serialize(1).Length", 1)]
    public async Task What_a_later_cell_does_not_hide_can_still_be_used(
        string first,
        string second,
        string use,
        int expected
    )
    {
        await RunAsync("var one = 1;");
        await RunAsync(first);
        await RunAsync(second);
        await RedeclareAsync("x");
        Assert.Equal(expected, await RunAsync(use));
    }

    [Fact]
    public async Task Usings_between_which_others_are_kept_stay()
    {
        await RunAsync("var one = 1;");
        await RunAsync("using System.Text.Json;\nvar a = 1;");
        await RunAsync("JsonSerializerOptions Options() => new();");
        await RunAsync("using System.Text.Json;\nvar a = 2;");
        await RedeclareAsync("x");
        Assert.False((bool)(await RunAsync("Options().WriteIndented"))!);
    }

    [Fact]
    public async Task The_line_of_an_error_is_right_in_a_cell_that_may_go()
    {
        await RunAsync("void Fail() =>\n  throw new NotSupportedException();");
        await RedeclareAsync("x");
        var outcome = await _session.ExecuteAsync(new CellSource("lesson.ipynb (cell 99)", "\nFail();"));
        Assert.Equal(2, outcome.Error!.Line);
        Assert.Equal(
            ["   at lesson.ipynb (cell 1, line 2), in Fail", "   at lesson.ipynb (cell 99, line 2)"],
            outcome.Error.Traceback.Where(line => line.StartsWith("   at", StringComparison.Ordinal))
        );
    }

    private async Task<object?> RunAsync(string code)
    {
        var outcome = await _session.ExecuteAsync(CellSource.OfCell("lesson.ipynb", ++_count, code));
        Assert.True(outcome.Error is not { Name: CellError.Compilation }, outcome.Error?.Message);
        return outcome.Result;
    }

    private async Task RedeclareAsync(string name)
    {
        for (var i = 0; i < Often; i++)
        {
            await RunAsync($"var {name} = {i};");
        }
    }

    private int Length()
    {
        var length = 0;
        for (var cell = _session.Executed; cell is not null; cell = cell.Previous)
        {
            length++;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> LeaveAsync(string code, Func<object, object> pick) =>
        new(pick((await RunAsync(code))!));

    // Other threads may hold it for a while, such as the one on which .NET compiles methods again.
    private async Task AssertGoneAsync(WeakReference reference)
    {
        for (var round = 0; round < 50 && reference.IsAlive; round++)
        {
            await CollectAsync();
            await Task.Delay(round, TestContext.Current.CancellationToken);
        }

        Assert.False(reference.IsAlive, "it is still there");
    }

    // The next cell releases references that the last one left on stacks; loaded assemblies are unloaded with the
    // second or third collection.
    private async Task CollectAsync()
    {
        await RunAsync("1");
        for (var i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
