using System.Text.RegularExpressions;
using RnnCourse.Exercises.Tests.Mutants;

namespace RnnCourse.Exercises.Tests.Tried;

/// <summary>Answers that people thought of to mislead a check, right and wrong ones, in the lesson where they stand.
/// </summary>
/// <remarks>
/// The file NN.txt holds those of lesson NN. Each begins with a line such as <c>06.1a wrong: writes into the state that
/// it reads</c> or, where the diagnosis matters, <c>06.1b wrong (all-zero): cleared later</c>; the cell follows, and an
/// empty line ends it. <c>RNN_LESSONS=07</c> chooses a lesson.
/// </remarks>
[Collection(nameof(RunsLessons))]
public sealed partial class TriedAnswersTests
{
    private static readonly string Folder = Path.Combine(
        Repository.Root,
        "tests",
        "RnnCourse.Exercises.Tests",
        "Tried"
    );

    private static readonly string[]? Chosen = Environment
        .GetEnvironmentVariable("RNN_LESSONS")
        ?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    public static TheoryData<string> Lessons =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.txt")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(lesson => Chosen?.Contains(lesson) ?? true)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_check_is_not_misled(string lesson)
    {
        var answers = Read(lesson);
        using var session = new LessonSession(lesson);
        var problems = new List<string>();
        foreach (var answersToOne in answers.GroupBy(answer => answer.Exercise))
        {
            foreach (var answer in answersToOne)
            {
                await session.PrepareAsync(Solutions.Of(answer.Exercise)!, answer.Source);
            }

            var verdicts = await session.JudgeAsync([.. answersToOne.Select(answer => answer.Source)]);
            foreach (var (answer, verdict) in answersToOne.Zip(verdicts))
            {
                if (verdict?.Feedback is not { } feedback)
                {
                    problems.Add($"{answer.Heading}: no verdict; {verdict?.Failure ?? "it doesn't compile"}");
                }
                else if (
                    feedback.Exercise != answer.Exercise
                    || feedback.State == FeedbackState.Correct != answer.IsRight
                    || (answer.Fault.Length > 0 && feedback.Fault != answer.Fault)
                )
                {
                    problems.Add($"{answer.Heading}: {feedback}");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static List<TriedAnswer> Read(string lesson)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{lesson}.txt"));
        return
        [
            .. from block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            let parts = Heading().Match(block)
            select parts.Success
                ? new TriedAnswer(
                    parts.Value.Trim(),
                    parts.Groups["exercise"].Value,
                    parts.Groups["verdict"].Value == "right",
                    parts.Groups["fault"].Value,
                    block[parts.Length..].Trim()
                )
                : throw new FormatException($"{lesson}.txt has a block without a heading: {block}"),
        ];
    }

    [GeneratedRegex(@"\A(?<exercise>\S+) (?<verdict>right|wrong)(?: \((?<fault>[a-z-]+)\))?: .+\n")]
    private static partial Regex Heading();

    private sealed record TriedAnswer(string Heading, string Exercise, bool IsRight, string Fault, string Source);
}
