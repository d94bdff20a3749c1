using System.Text.RegularExpressions;
using RnnCourse.Exercises.Checking;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Exercises.Tests;

/// <summary>Lessons state the conditions for right answers in the words of the criteria.</summary>
public sealed partial class CriteriaTests
{
    public static TheoryData<string> Exercises => [.. Solutions.Exercises];

    public static TheoryData<string> Lessons => [.. Solutions.Exercises.Select(id => id[..2]).Distinct()];

    [Theory]
    [MemberData(nameof(Exercises))]
    public void The_lesson_prints_the_criterion(string exercise)
    {
        var sentence = Solutions.Get(exercise).RightIf.Sentence;
        Assert.True(
            TextOf(exercise[..2]).Contains(sentence, StringComparison.Ordinal),
            $"The text of exercise {exercise} should hold:\n{sentence}"
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_promises_nothing_else(string lesson) =>
        Assert.Equal(
            Solutions
                .Exercises.Where(id => id[..2] == lesson)
                .Select(id => Solutions.Get(id).RightIf.Sentence)
                .Distinct()
                .Count(),
            Regex.Count(TextOf(lesson), Regex.Escape(Criterion.Opening))
        );

    [Fact]
    public void A_right_method_meets_its_own_criterion() =>
        Assert.All(
            Solutions.Exercises.Select(Solutions.Get).Where(exercise => exercise.RightIf.Cases is not null),
            exercise => Assert.Null(exercise.RightIf.Cases!.Fault(exercise.RightIf.Cases.Right, exercise))
        );

    [Fact]
    public void Equal_numbers_draw_equal_inputs_and_others_differ() =>
        Assert.All(
            Solutions.Exercises.Select(Solutions.Get).Where(exercise => exercise.RightIf.Cases is not null),
            exercise =>
            {
                var cases = exercise.RightIf.Cases!;
                for (var k = 0UL; k < 20; k++)
                {
                    Assert.True(
                        exercise.RightIf.Tolerance.AreNear(cases.Outcome(cases.Right, k), cases.Outcome(cases.Right, k))
                    );
                }

                var outcomes = Enumerable
                    .Range(0, 50)
                    .Select(k =>
                        string.Join(
                            ' ',
                            cases.Outcome(cases.Right, (ulong)k)!.SelectMany(part => part.Values.Prepend(part.Rows))
                        )
                    );
                Assert.True(outcomes.Distinct().Count() > 1, exercise.Id);
            }
        );

    // Line breaks are the lesson's own.
    private static string TextOf(string lesson)
    {
        var path = Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks"), lesson + "-*.ipynb").Single();
        return string.Join(
            ' ',
            NotebookReader.Read(path).Cells.OfType<MarkdownCell>().Select(cell => Space().Replace(cell.Source, " "))
        );
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
