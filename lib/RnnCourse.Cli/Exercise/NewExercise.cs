using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Cli.Exercise;

/// <summary>An exercise that does not exist yet, and the files that it needs.</summary>
/// <param name="Lesson">The lesson's two digits.</param>
/// <param name="Number">The number in the lesson, with its letter if it has one, such as <c>2c</c>.</param>
/// <param name="Title">The exercise in a few words.</param>
/// <param name="Method">The name of its check.</param>
internal sealed partial record NewExercise(string Lesson, string Number, string Title, string Method)
{
    private const string Library = "RnnCourse.Exercises";

    private string CellId => $"exercise-{Number}";

    /// <summary>Parses the id and the title that the user typed.</summary>
    /// <exception cref="UserErrorException">The id or the title cannot be used.</exception>
    public static NewExercise Parse(string id, string title)
    {
        var parts = IdForm().Match(id);
        if (!parts.Success)
        {
            throw new UserErrorException($"'{id}' is not an exercise's id. Write it like 07.2c or 07.3.");
        }

        var words = Word().Matches(title).Select(match => match.Value).ToList();
        if (!TitleForm().IsMatch(title) || words.Count == 0 || char.IsDigit(words[0][0]))
        {
            throw new UserErrorException(
                $"'{title}' cannot be a title. Use words of letters and digits, with a letter first."
            );
        }

        var method = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return new(parts.Groups["lesson"].Value, parts.Groups["number"].Value, title, method);
    }

    /// <summary>Writes the stubs.</summary>
    /// <returns>The files that are new or have changed.</returns>
    /// <exception cref="UserErrorException">The lesson does not exist, or a part of the exercise does.</exception>
    public IReadOnlyList<string> WriteTo(Repository repository)
    {
        var lesson =
            repository
                .Lessons()
                .FirstOrDefault(path => Path.GetFileName(path).StartsWith(Lesson + "-", StringComparison.Ordinal))
            ?? throw new UserErrorException(
                $"There is no lesson {Lesson} in {Terminal.Relative(repository.Notebooks)}. Write the lesson first."
            );
        var library = Path.Combine(repository.Root, "lib", Library);
        var tests = Path.Combine(repository.Root, "tests", $"{Library}.Tests", $"Lesson{Lesson}");
        var check = Path.Combine(library, $"Check.{Lesson}.{Method}.cs");
        var test = Path.Combine(tests, $"{Method}Tests.cs");
        var texts = Path.Combine(library, $"Lesson{Lesson}", $"Texts{Lesson}.cs");
        var api = Path.Combine(library, "PublicAPI.Unshipped.txt");
        foreach (var path in (string[])[check, test])
        {
            if (File.Exists(path))
            {
                throw Exists($"{Terminal.Relative(path)} exists already");
            }
        }

        var oldTexts = File.Exists(texts) ? File.ReadAllText(texts) : EmptyTexts();
        if (oldTexts.Contains($"\"{Lesson}.{Number}\"", StringComparison.Ordinal))
        {
            throw Exists($"{Terminal.Relative(texts)} has an exercise {Lesson}.{Number} already");
        }

        var notebook = WithCell(NotebookReader.Read(lesson), lesson);
        Directory.CreateDirectory(tests);
        Directory.CreateDirectory(Path.GetDirectoryName(texts)!);
        File.WriteAllText(texts, $"{oldTexts.TrimEnd()[..^1].TrimEnd()}\n\n{Text()}}}\n");
        File.WriteAllText(check, CheckSource());
        File.WriteAllText(test, TestSource());
        File.AppendAllText(
            api,
            $"static {Library}.Check.{Method}(System.Func<double, double>? answer) -> {Library}.Feedback!\n"
        );
        NotebookWriter.Update(notebook, lesson);
        return [lesson, texts, check, api, test];
    }

    private static UserErrorException Exists(string what) => new($"{what}. Choose another number or title.");

    private Notebook WithCell(Notebook notebook, string path)
    {
        if (notebook.Cells.Any(cell => cell.Id == CellId))
        {
            throw Exists($"{Terminal.Relative(path)} has a cell {CellId} already");
        }

        var exercises = notebook.Cells.Where(cell => CellTags.Has(cell, "exercise")).ToList();
        var metadata =
            exercises.FirstOrDefault()?.Metadata.DeepClone() as JsonObject
            ?? new JsonObject { ["tags"] = new JsonArray("exercise") };
        var stub = new CodeCell
        {
            Id = CellId,
            Source = $"{Heading()}\ndouble My{Method}(double x) => throw new NotImplementedException();\n{Call()}",
            Metadata = metadata,
        };

        // After the exercises with smaller numbers; the first one of a lesson goes before the quiz, or to the end.
        var previous = exercises.LastOrDefault(cell => Order(cell.Id) < Order(CellId));
        var cells = notebook.Cells.ToList();
        var at =
            previous is not null ? cells.IndexOf(previous) + 1
            : exercises.Count > 0 ? cells.IndexOf(exercises[0])
            : cells.FindIndex(cell => cell.Id == "quiz") is >= 0 and var quiz ? quiz
            : cells.Count;
        cells.Insert(at, stub);
        return notebook with { Cells = cells };
    }

    // exercise-2c comes after exercise-2b and before exercise-10.
    private static int Order(string cellId)
    {
        var parts = NumberForm().Match(cellId);
        return parts.Success
            ? (256 * int.Parse(parts.Groups["digits"].ValueSpan, CultureInfo.InvariantCulture))
                + (parts.Groups["letter"].Length > 0 ? parts.Groups["letter"].ValueSpan[0] : 0)
            : 0;
    }

    private string Heading() => $"// Exercise {Number}: {Title}";

    private string Call() => $"Check.{Method}(My{Method})";

    private string EmptyTexts() =>
        $$"""
            namespace {{Library}}.Lesson{{Lesson}};

            /// <summary>The exercises of lesson {{Lesson}}.</summary>
            internal static class Texts{{Lesson}}
            {
            }

            """;

    private string Text() =>
        $""""
                public static Exercise {Method} {"{ get; }"} =
                    new(
                        "{Lesson}.{Number}",
                        "{Title}",
                        "Write the product in place of the exception.",
                        "Twice the number, whatever the number is.",
                        "What is twice a number?",
                        "2 * x",
                        """
                        {Heading()}
                        double My{Method}(double x) => 2 * x;
                        {Call()}
                        """
                    )
                    {"{"}
                        RightIf = new MethodCriterion("your method gives twice the number")
                        {"{"}
                            Cases = new(
                                "numbers from −2 to 2",
                                random => [Admissible.Value(random)],
                                (double x) => 2 * x
                            ),
                            Tolerance = Tolerance.Usual,
                        {"}"},
                    {"}"};

            """";

    private string CheckSource() =>
        $$"""
            using {{Library}}.Lesson{{Lesson}};

            namespace {{Library}};

            public static partial class Check
            {
                /// <summary>Checks a method that doubles a number.</summary>
                /// <param name="answer">The learner's method.</param>
                public static Feedback {{Method}}(Func<double, double>? answer) =>
                    Attempt.Judge(
                        Texts{{Lesson}}.{{Method}},
                        answer,
                        () =>
                        {
                            foreach (var x in (double[])[0, 1, -2.5])
                            {
                                var given = Attempt.Call(FormattableString.Invariant($"for x = {x}"), () => answer!(x));
                                if ({{Method}}Fault(x, given) is { } fault)
                                {
                                    return fault;
                                }
                            }

                            return null;
                        }
                    );

                private static Finding? {{Method}}Fault(double x, double given) =>
                    given == 2 * x ? null
                    : given == x
                        ? new("unchanged", "The number comes back as it was.", "What is missing?", Texts{{Lesson}}.{{Method}}.MoreHint)
                    : new(
                        "differs",
                        FormattableString.Invariant($"For x = {x} your method gives {given}, but should give {2 * x}."),
                        Texts{{Lesson}}.{{Method}}.Hint,
                        Texts{{Lesson}}.{{Method}}.MoreHint
                    );
            }

            """;

    private string TestSource() =>
        $$"""
            namespace {{Library}}.Tests.Lesson{{Lesson}};

            /// <summary>Answers to exercise {{Lesson}}.{{Number}}: wrong ones, each with its own words, right ones,
            /// and blanks.</summary>
            public sealed class {{Method}}Tests : AnswersTests<{{Method}}Tests>, IAnswers
            {
                public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
                    new Dictionary<string, Func<Feedback>>
                    {
                        ["unchanged"] = () => Check.{{Method}}(x => x),
                        ["differs"] = () => Check.{{Method}}(x => 3 * x),
                    };

                public static IReadOnlyDictionary<string, Func<Feedback>> Right { get; } =
                    new Dictionary<string, Func<Feedback>> { ["a sum"] = () => Check.{{Method}}(x => x + x) };

                public static IReadOnlyList<Feedback> Blanks { get; } =
                [
                    Check.{{Method}}(null),
                    Check.{{Method}}(x => throw new NotImplementedException()),
                ];
            }

            """;

    [GeneratedRegex(@"^(?<lesson>[0-9]{2})\.(?<number>[1-9][0-9]?[a-z]?)\z")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^[\p{L}\p{N} ,;'’–-]+\z")]
    private static partial Regex TitleForm();

    [GeneratedRegex(@"[A-Za-z0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^exercise-(?<digits>[0-9]{1,3})(?<letter>[a-z]?)\z")]
    private static partial Regex NumberForm();
}
