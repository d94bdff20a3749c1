using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson01;

/// <summary>The criteria for right answers to the exercises of lesson 01.</summary>
internal static class Criteria01
{
    private const int MinInputs = 2;
    private const int MinStepsBack = 7;
    private const string Word = "swim";

    // The answers of the lesson's own tasks.
    private static readonly string[] LessonsAnswers = ["e l l o", "liked it", "to the right"];

    public static Criterion<Read?[]> EightTasks { get; } =
        new([
            new(
                $"{Count(Read.EveryStep)} are read at every step, {Count(Read.LastStep)} at the last, and "
                    + $"{Count(Read.Neither)} in neither way, each where the task asks for it",
                given =>
                {
                    foreach (var (task, answer) in EightTasksFaults.Tasks.Zip(given))
                    {
                        if (answer is { } read && read != task.Right)
                        {
                            return EightTasksFaults.Wrong(task.Letter, task.Name, task.Question, read);
                        }
                    }

                    return null;
                }
            ),
            new("all eight are answered", EightTasksFaults.Open),
        ])
        {
            ForLearnerToCheck = "What would the remaining one need? The verdict on a right answer tells.",
        };

    public static Criterion<(Vector<double>[] x, string?[] Answers)> OwnTask { get; } =
        new([
            new Demand<(Vector<double>[] x, string?[] Answers)>(
                $"there are at least {MinInputs} inputs, all of one size",
                task =>
                    task.x.Length < MinInputs ? TaskFaults.TooShort(task.x.Length)
                    : Array.FindIndex(task.x, v => v is null) is >= 0 and var k ? Findings.Missing($"x_{k + 1}")
                    : task
                        .x.Select((v, i) => Quantity.Of($"x_{i + 1}", v).FaultOfForm(Quantity.Of("", task.x[0])))
                        .FirstOrDefault(form => form is not null)
            ),
            new Demand<(Vector<double>[] x, string?[] Answers)>(
                "as many answers",
                task =>
                    task.Answers.Length == task.x.Length ? null : TaskFaults.Answers(task.Answers.Length, task.x.Length)
            ),
            new Demand<(Vector<double>[] x, string?[] Answers)>(
                "not all inputs are zero, and they aren't words",
                task =>
                    task.x.All(v => v.All(value => value == 0)) ? TaskFaults.Zeros
                    : task.x[0].Count == TinySentences.Vocabulary.Count
                    && task.x.All(v => v.Sum() == 1 && v.Maximum() == 1)
                        ? TaskFaults.Words
                    : null
            ),
            new Demand<(Vector<double>[] x, string?[] Answers)>(
                "the task isn't one of the lesson's",
                task =>
                    LessonsAnswers.Contains(string.Join(' ', task.Answers.Where(answer => answer is not null)))
                        ? TaskFaults.SameAsLesson
                        : null
            ),
            new Demand<(Vector<double>[] x, string?[] Answers)>(
                "its outputs are read at every step, or at the last one only",
                task =>
                    task.Answers.All(answer => answer is null) ? TaskFaults.NothingRead
                    : task.Answers.All(answer => answer is not null)
                    || (task.Answers[^1] is not null && task.Answers.SkipLast(1).All(answer => answer is null))
                        ? null
                    : TaskFaults.OtherMask
            ),
        ])
        {
            ForLearnerToCheck =
                "Then add it to `tasks`, and run the section “What they share, and where they differ” again without "
                + "any other change: its output now lists your task, too. (A task that is read at other steps makes "
                + "both statements with a ✓ fail there. That is what they are for.)",
        };

    public static Criterion<(string[] One, string[] Other)> FarApart { get; } =
        new([
            new($"both sentences are made of the {TinySentences.Vocabulary.Count} words", SentenceFaults.UnknownIn),
            new(
                "they are equally long",
                pair =>
                    pair.One.Length == pair.Other.Length
                        ? null
                        : SentenceFaults.Lengths(pair.One.Length, pair.Other.Length)
            ),
            new(
                $"both end with *{Word}*",
                pair => pair.One[^1] == Word && pair.Other[^1] == Word ? null : SentenceFaults.NotSwim
            ),
            new(
                "they differ in one word only",
                pair => Differing(pair).Count == 1 ? null : SentenceFaults.Differing(Differing(pair).Count)
            ),
            new(
                $"`Tag` gives the two *{Word}* different tags",
                pair =>
                {
                    var tag = TinySentences.Tag(pair.One).Tags[^1];
                    return tag == TinySentences.Tag(pair.Other).Tags[^1] ? SentenceFaults.SameTag(tag) : null;
                }
            ),
            new(
                $"the word that differs stands at least {MinStepsBack} steps before the end",
                pair =>
                {
                    var back = pair.One.Length - 1 - Differing(pair)[0];
                    return back >= MinStepsBack ? null : SentenceFaults.TooNear(back);
                }
            ),
        ]);

    private static List<int> Differing((string[] One, string[] Other) pair) =>
        [.. Enumerable.Range(0, pair.One.Length).Where(i => pair.One[i] != pair.Other[i])];

    private static string Count(Read where) =>
        EightTasksFaults.Tasks.Count(task => task.Right == where) switch
        {
            1 => "one",
            3 => "three",
            4 => "four",
            var count => $"{count}",
        };
}
