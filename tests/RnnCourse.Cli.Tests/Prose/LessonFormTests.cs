using System.Text.RegularExpressions;
using RnnCourse.Cli.Edition;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Cli.Tests.Prose;

/// <summary>The form that all lessons share, so that a learner who knows one finds everything in the others.</summary>
public sealed partial class LessonFormTests
{
    public static TheoryData<string> Lessons => [.. Repository.Lessons.Select(path => Path.GetFileName(path)!)];

    public static TheoryData<string> Pages => [.. Page.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_one_title_and_no_level_of_headings_is_left_out(string path)
    {
        var headings = Page.Read(path).Headings;
        Assert.True(headings is [(1, _), ..], $"{path} doesn't begin with a title.");
        Assert.Single(headings, heading => heading.Level == 1);
        Assert.All(
            headings.Zip(headings.Skip(1)),
            pair =>
                Assert.True(
                    pair.Second.Level <= pair.First.Level + 1,
                    $"{path}: “{pair.Second.Text}” stands a level too deep."
                )
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_opens_with_what_you_will_be_able_to_do_and_ends_with_summary_exercises_and_questions(
        string lesson
    )
    {
        var number = new LessonCells(lesson).Number;
        var opening = Texts(lesson).First().Source;
        Assert.Matches(
            $@"^# {number} · [^\n]+\n\n[^\n]+\.\n\nWhen you have worked through (this lesson|it), you can\n\n- ",
            opening
        );
        // One sentence, which the index shows.
        Assert.DoesNotContain(". ", opening.Split("\n\n")[1], StringComparison.Ordinal);
        Assert.Equal(
            ["Summary", "Exercises", "Three questions"],
            Page.Read($"notebooks/{lesson}").Headings.Select(heading => heading.Text).TakeLast(3)
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_has_15_to_45_cells_beside_those_to_fill_in(string lesson)
    {
        var cells = new LessonCells(lesson);
        Assert.InRange(
            NotebookReader.Read(PathOf(lesson)).Cells.Count(cell => cell is not CodeCell code || !cells.IsAnswer(code)),
            15,
            45
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_has_two_to_five_exercises_each_with_its_text_and_its_cells(string lesson)
    {
        var numbers = CodeCells(lesson)
            .Select(new LessonCells(lesson).ExerciseOf)
            .OfType<string>()
            .Select(id => int.Parse(Digits().Match(id[3..]).Value, null))
            .Distinct()
            .ToList();
        Assert.InRange(numbers.Count, 2, 5);
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        var text = Texts(lesson)
            .Single(cell => cell.Source.Contains("## Exercises\n", StringComparison.Ordinal))
            .Source;
        Assert.Equal(
            numbers,
            Numbered()
                .Matches(text[text.IndexOf("## Exercises\n", StringComparison.Ordinal)..])
                .Select(match => int.Parse(match.Groups[1].Value, null))
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void An_exercise_cell_begins_with_its_number_and_ends_with_its_check(string lesson)
    {
        var cells = new LessonCells(lesson);
        foreach (var cell in CodeCells(lesson).Where(cell => cells.ExerciseOf(cell) is not null))
        {
            Assert.StartsWith($"// Exercise {cells.ExerciseOf(cell)![3..]}: ", cell.Source, StringComparison.Ordinal);
            Assert.Matches(@"\nCheck\.\w+\([^;]*\)( *//.*)?$", cell.Source);
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Nothing_to_fill_in_is_stored_filled_in(string lesson)
    {
        var cells = new LessonCells(lesson);
        foreach (var cell in CodeCells(lesson).Where(cells.IsAnswer))
        {
            var verdict = Verdict.Of(cell);
            Assert.Equal(VerdictKind.NotAttempted, verdict?.Kind);
            Assert.StartsWith(
                LessonCells.IsQuiz(cell) ? $"quiz {cells.Number}" : $"exercise {cells.ExerciseOf(cell)}, ",
                verdict!.Name,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_asks_for_a_prediction_and_its_text_asks_the_same(string lesson)
    {
        var cells = NotebookReader.Read(PathOf(lesson)).Cells;
        var asking = cells.OfType<CodeCell>().Where(cell => PredictionQuestion.Of(cell) is not null).ToList();
        Assert.True(asking.Count > 0 || lesson.StartsWith("00", StringComparison.Ordinal), "No cell asks for one.");
        foreach (var cell in asking)
        {
            // Where the page doesn't ask, the text above must ask.
            var above = cells.TakeWhile(other => other != cell).OfType<MarkdownCell>().Last();
            Assert.Contains(
                AsWords(PredictionQuestion.Of(cell)!),
                AsWords(above.Source),
                StringComparison.OrdinalIgnoreCase
            );
            Assert.NotEmpty(cell.Outputs);
        }
    }

    // Without the signs of Markdown and TeX.
    private static string AsWords(string markdown) =>
        string.Join(' ', Signs().Replace(markdown, "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\\mathrm\{|[$*_`{}]")]
    private static partial Regex Signs();

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_ends_with_three_questions_whose_choices_are_all_explained(string lesson)
    {
        Assert.Equal(LessonCells.QuizId, NotebookReader.Read(PathOf(lesson)).Cells[^1].Id);
        var text = Texts(lesson).Last().Source;
        var questions = Question().Split(text).Skip(1).ToList();
        Assert.Equal(3, questions.Count);
        var number = new LessonCells(lesson).Number;
        for (var k = 0; k < 3; k++)
        {
            var letters = string.Concat(Choice().Matches(questions[k]).Select(match => match.Groups[1].Value));
            Assert.Contains(letters, new[] { "abc", "abcd" });
            // A letter is explained if and only if the library has a reply to it.
            foreach (var letter in "abcde")
            {
                var replies = RnnCourse
                    .Exercises.Quiz.Answers(
                        number,
                        k == 0 ? $"{letter}" : "",
                        k == 1 ? $"{letter}" : "",
                        k == 2 ? $"{letter}" : ""
                    )
                    .Replies;
                Assert.True(
                    letters.Contains(letter)
                        == replies[k].State
                            is RnnCourse.Exercises.Quizzes.QuizState.Right
                                or RnnCourse.Exercises.Quizzes.QuizState.NotThisOne,
                    $"{lesson}, question {k + 1}, ({letter})"
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Every_figure_has_a_caption(string lesson)
    {
        foreach (var cell in CodeCells(lesson))
        {
            foreach (
                var html in cell
                    .Outputs.OfType<RichOutput>()
                    .Select(output => output.Data.Text("text/html"))
                    .OfType<string>()
            )
            {
                Assert.True(
                    !html.Contains("<figure", StringComparison.Ordinal)
                        || html.Contains("<figcaption", StringComparison.Ordinal),
                    $"{lesson}, cell {cell.Id}: a figure without a caption."
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void No_paragraph_has_over_90_words(string lesson)
    {
        foreach (var cell in Texts(lesson))
        {
            var text = Formula().Replace(Tag().Replace(cell.Source, ""), "x");
            foreach (var paragraph in Paragraphs().Split(text))
            {
                var words = paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                Assert.True(
                    words.Length <= 90,
                    $"{lesson}, cell {cell.Id}: {words.Length} words from “{string.Join(' ', words.Take(8))}” on."
                );
            }
        }
    }

    // A page on a phone shows 40 to 50 letters in a line, a page on a desktop about a hundred.
    [Theory]
    [MemberData(nameof(Lessons))]
    public void No_printed_line_is_wider_than_95_letters(string lesson)
    {
        foreach (var cell in CodeCells(lesson))
        {
            foreach (var line in cell.Outputs.OfType<StreamOutput>().SelectMany(output => output.Text.Split('\n')))
            {
                Assert.True(line.Length <= 95, $"{lesson}, cell {cell.Id}, {line.Length} letters: {line}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Every_heat_map_says_what_its_colours_stand_for(string lesson)
    {
        foreach (var cell in CodeCells(lesson))
        {
            foreach (
                var text in cell.Outputs.OfType<RichOutput>().Select(output => output.Data.Text("text/plain") ?? "")
            )
            {
                Assert.True(
                    !text.Contains("\nHeat map", StringComparison.Ordinal)
                        || text.Contains(", showing ", StringComparison.Ordinal),
                    $"{lesson}, cell {cell.Id}: name the values of the heat map."
                );
            }
        }
    }

    private static string PathOf(string lesson) => Path.Combine(Repository.Root, "notebooks", lesson);

    private static IEnumerable<CodeCell> CodeCells(string lesson) =>
        NotebookReader.Read(PathOf(lesson)).Cells.OfType<CodeCell>();

    private static IEnumerable<MarkdownCell> Texts(string lesson) =>
        NotebookReader.Read(PathOf(lesson)).Cells.OfType<MarkdownCell>();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex Digits();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\$[^$]*\$")]
    private static partial Regex Formula();

    // An entry of a list and a row of a table are read like a paragraph.
    [GeneratedRegex(@"\n\s*\n|\n(?=\s*(?:[-|]|\d+\. ))")]
    private static partial Regex Paragraphs();

    [GeneratedRegex(@"^(\d)\. \*\*", RegexOptions.Multiline)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\*\*\d\. ", RegexOptions.Multiline)]
    private static partial Regex Question();

    [GeneratedRegex(@"^- \(([a-z])\) ", RegexOptions.Multiline)]
    private static partial Regex Choice();
}
