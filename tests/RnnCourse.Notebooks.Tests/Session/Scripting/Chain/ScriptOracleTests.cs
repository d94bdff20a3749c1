using System.Globalization;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Chain;

/// <summary>Random sessions, compared cell for cell with Roslyn's own scripts, which keep everything.</summary>
public sealed class ScriptOracleTests
{
    private const int Cells = 120;

    private static readonly Gen<string> Name = OneOf("a", "b", "c");
    private static readonly Gen<string> Number = Gen.Int[0, 9].Select(n => n.ToString(CultureInfo.InvariantCulture));

    private static readonly Gen<string> Cell = Gen.OneOf(
        Gen.Select(Name, Number, (n, k) => $"var {n} = {k};"),
        Gen.Select(Name, Number, (n, k) => $"var {n} = {k}; {n}"),
        Gen.Select(Name, Name, (n, m) => $"var {n} = {m};"),
        Gen.Select(Name, Name, Number, (n, m, k) => $"var {n} = {m} + {k}; {n}"),
        Gen.Select(Name, Number, (n, k) => $"{n} = {k}; {n}"),
        Gen.Select(Name, Number, (n, k) => $"var {n} = {k}; if ({n} > 4) throw new Exception(\"{k}\"); var d = {n};"),
        Gen.Select(Name, Number, (m, k) => $"int F(int v) => v + {m} + {k};"),
        Gen.Select(Name, m => $"int G(string v) => v.Length + {m};"),
        // Overloads in several cells may not use variables: the compiler then reads those of the wrong cell, even
        // without this engine.
        Gen.Select(Number, k => $"int K(int v) => v + {k};"),
        Gen.Select(Number, k => $"int K(string v) => v.Length * {k};"),
        Gen.Select(Name, Number, (n, k) => $"Func<int, int> {n} = v => v * {k};"),
        Gen.Select(Number, Name, (k, n) => $"class C {{ public int V = {k}; }} var {n} = new C();"),
        Gen.Select(Name, n => $"var {n} = new C();"),
        Gen.Select(Name, Number, (n, k) => $"var {n} = new {{ V = {k} }};"),
        Gen.Select(Name, Number, (n, k) => $"{n} = new {{ V = {k} }}; {n}.V"),
        Gen.Select(Number, k => $"var o = (object)new {{ V = {k} }};"),
        Gen.Select(Number, k => $"o.Equals(new {{ V = {k} }}) ? 1 : 0"),
        Gen.Select(Name, m => $"int P => {m} + 1;"),
        Gen.Select(Number, k => $"T Same<T>(T v, int k = {k}) => v;"),
        Gen.Select(Name, n => $"Same({n})"),
        Gen.Select(Name, Number, (n, k) => $"using System.IO;\nvar {n} = {k};"),
        Gen.Select(Name, n => $"if (P > 5) return {n};\nConsole.WriteLine();"),
        Gen.Select(Name, n => $"{n}.V"),
        Gen.Select(Name, n => $"{n}"),
        Gen.Select(Name, Name, (n, m) => $"{n} + {m} + d"),
        Gen.Select(Name, Number, (n, k) => $"{n}({k})"),
        OneOf(
            "F(1)",
            "G(\"abc\")",
            "F(F(d))",
            "P + 1",
            "Path.Combine(\"x\", \"y\")",
            "K(1)",
            "K(\"abc\") + G(\"d\")",
            "// nothing",
            "using System.Text;",
            "var (e, g) = (d, F(1));",
            "e + g",
            "const int H = 4;",
            "H + d"
        )
    );

    [Fact]
    public void A_session_that_lets_go_gives_what_one_that_keeps_everything_gives() =>
        Cell.Array[Cells]
            .Sample(
                cells =>
                {
                    using var session = new ScriptSession(
                        new ScriptSessionOptions(Path.GetTempPath()) { LastingCells = Cells / 3 }
                    );
                    var oracle = new Oracle();
                    for (var i = 0; i < cells.Length; i++)
                    {
                        var source = CellSource.OfCell("lesson.ipynb", i, cells[i]);
                        var expected = oracle.RunAsync(cells[i]).GetAwaiter().GetResult();
                        var actual = Show(session.ExecuteAsync(source).GetAwaiter().GetResult());
                        Assert.True(
                            expected == actual,
                            $"Cell {i}, {cells[i]}: {actual} instead of {expected}, after\n"
                                + $"{string.Join('\n', cells[..i])}"
                        );
                    }
                },
                iter: 2,
                threads: 1
            );

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Show(CellOutcome outcome) =>
        outcome.Error is { } error
            ? error.Name == CellError.Compilation
                ? error.Message.Split('\n')[0]
                : $"{error.Name}: {error.Message}"
            : Show(outcome.Result);

    // The names of types contain numbers that the compiler chooses.
    private static string Show(object? value) =>
        value is null or int or string ? $"{value}"
        : value.GetType().Name.Contains('<', StringComparison.Ordinal) ? "nameless"
        : value.GetType().Name;

    private sealed class Oracle
    {
        private ScriptState<object>? _state;

        public async Task<string> RunAsync(string code)
        {
            var options = ScriptOptions
                .Default.AddReferences(typeof(object).Assembly, typeof(Enumerable).Assembly)
                .AddImports("System", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks");
            var script = _state is null
                ? CSharpScript.Create<object>(code, options)
                : _state.Script.ContinueWith<object>(code, options);
            if (script.Compile().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
            {
                return $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
            }

            _state = _state is null
                ? await script.RunAsync(null, _ => true)
                : await script.RunFromAsync(_state, _ => true);
            return _state.Exception is { } thrown
                ? $"{thrown.GetType().FullName}: {thrown.Message}"
                : Show(_state.ReturnValue);
        }
    }
}
