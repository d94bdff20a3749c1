using System.Globalization;
using System.Text;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

/// <summary>
/// Writes cells that nest loops, lambdas, iterators, asynchronous methods, <c>finally</c> blocks and catches that
/// swallow everything. All code of such a cell runs, and records this in <c>log</c>. One place, drawn at random, is a
/// hole that is filled with code for the test.
/// </summary>
internal sealed class RandomCode
{
    private const int Depth = 4;
    private const string Hole = "/*hole*/";

    private readonly Random _random;
    private readonly List<int> _places = [];
    private readonly StringBuilder _code = new();
    private int _names;

    private RandomCode(int seed) => _random = new Random(seed);

    /// <summary>A cell with a hole, filled.</summary>
    /// <param name="seed">Determines the random draws.</param>
    /// <param name="filling">Statements; <c>NAME</c> in them is replaced by a unique name.</param>
    public static string Write(int seed, string filling)
    {
        var code = new RandomCode(seed);
        code.Block(Depth, isAsync: true, isIterator: false);
        var place = code._places[code._random.Next(code._places.Count)];
        return code
            ._code.Insert(place, filling.Replace("NAME", "own", StringComparison.Ordinal))
            .Replace(Hole, "")
            .ToString();
    }

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"n{++_names}");

    private void Line(string text) => _code.Append(text).Append('\n');

    private void Note()
    {
        Line(string.Create(CultureInfo.InvariantCulture, $"log.Add({++_names});"));
        _places.Add(_code.Length);
        Line(Hole);
    }

    private void Block(int depth, bool isAsync, bool isIterator)
    {
        Note();
        for (var i = _random.Next(1, 3); i > 0 && depth > 0; i--)
        {
            Statement(depth - 1, isAsync, isIterator);
        }

        if (isIterator)
        {
            Line($"yield return {_random.Next(100)};");
        }
        else if (isAsync && _random.Next(3) == 0)
        {
            Line("await Task.Yield();");
        }
    }

    private void Statement(int depth, bool isAsync, bool isIterator)
    {
        var name = Name();
        switch (_random.Next(17))
        {
            case 0:
                Nested($"for (var {name} = 0; {name} < 2; {name}++)", depth, isAsync, isIterator);
                break;
            case 1:
                Nested($"foreach (var {name} in new List<int> {{ 1, 2 }})", depth, isAsync, isIterator);
                break;
            case 2:
                Line($"var {name} = 2;");
                Nested($"while ({name}-- > 0)", depth, isAsync, isIterator);
                break;
            case 3:
                Line($"var {name} = 2;");
                Nested("do", depth, isAsync, isIterator);
                Line($"while (--{name} > 0);");
                break;
            case 4:
                // An iterator may not yield in a block with a catch, nor in a finally block.
                Nested("try", depth, isAsync, isIterator);
                Nested("finally", depth, isAsync, isIterator: false);
                break;
            case 5:
                Throwing(depth, isAsync);
                Nested("catch", depth, isAsync, isIterator: false);
                break;
            case 6:
                Throwing(depth, isAsync);
                Line("catch (InvalidOperationException) when (log.Count < 0) { }");
                Nested($"catch (Exception {name}) when ({name}.Message == \"wanted\")", depth, isAsync, false);
                Nested("finally", 0, isAsync, isIterator: false);
                break;
            case 7:
                Nested($"Action {name} = () =>", depth, isAsync: false, isIterator: false);
                Line($"; {name}();");
                break;
            case 8:
                Nested($"void {name}()", depth, isAsync: false, isIterator: false);
                Line($"{name}();");
                break;
            case 9:
                Nested($"IEnumerable<int> {name}()", depth, isAsync: false, isIterator: true);
                Line($"foreach (var i{name} in {name}()) {{ log.Add(i{name}); }}");
                break;
            case 10:
                Nested($"async Task {name}()", depth, isAsync: true, isIterator: false);
                Line(isAsync ? $"await {name}();" : $"{name}().Wait();");
                break;
            case 11:
                Nested($"Func<Task> {name} = async () =>", depth, isAsync: true, isIterator: false);
                Line(isAsync ? $"; await {name}();" : $"; Task.Run({name}).Wait();");
                break;
            case 12:
                Nested("lock (new object())", depth, isAsync: false, isIterator: false);
                break;
            case 13:
                Nested(
                    $"log.AddRange(new[] {{ 3, 1 }}.OrderBy({name} =>",
                    depth,
                    isAsync: false,
                    isIterator: false,
                    $"return {name};"
                );
                Line("));");
                break;
            case 14:
                Nested($"switch (log.Count % 2) {{ default:", depth, isAsync, isIterator);
                Line("break; }");
                break;
            case 15 when isAsync:
                Nested($"async IAsyncEnumerable<int> {name}()", depth, isAsync: true, isIterator: true);
                Line($"await foreach (var i{name} in {name}()) {{ log.Add(i{name}); }}");
                break;
            default:
                Line($"T {name}<T>(T value, Func<T, T> next)");
                Nested("", depth, isAsync: false, isIterator: false, "return next(value);");
                Line($"log.Add({name}(1, value => value + 1));");
                break;
        }
    }

    private void Throwing(int depth, bool isAsync)
    {
        Line("try {");
        Block(depth, isAsync, isIterator: false);
        Line("throw new ArgumentException(\"wanted\"); }");
    }

    private void Nested(string head, int depth, bool isAsync, bool isIterator, string last = "")
    {
        Line($"{head} {{");
        Block(depth, isAsync, isIterator);
        Line($"{last} }}");
    }
}
