using RnnCourse.Exercises.Lesson01;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks at which steps the outputs of the eight tasks are read.</summary>
    /// <param name="a">Spam or not; null if not decided yet, here and below.</param>
    /// <param name="b">The next note of a melody.</param>
    /// <param name="c">Each heartbeat, normal or not.</param>
    /// <param name="d">The language of a text.</param>
    /// <param name="e">A comma after a word, while dictating.</param>
    /// <param name="f">A fall in a video, asked at the end.</param>
    /// <param name="g">A warning each hour.</param>
    /// <param name="h">Translation of a sentence.</param>
    public static Feedback EightTasks(
        Read? a = null,
        Read? b = null,
        Read? c = null,
        Read? d = null,
        Read? e = null,
        Read? f = null,
        Read? g = null,
        Read? h = null
    )
    {
        Read?[] given = [a, b, c, d, e, f, g, h];
        return Attempt.Judge(
            Texts01.EightTasks,
            given.All(answer => answer is null),
            () => Criteria01.EightTasks.Fault(given)
        );
    }
}

/// <summary>The eight tasks, and the replies to wrong answers.</summary>
internal static class EightTasksFaults
{
    public static readonly (char Letter, string Name, Read Right, string Question)[] Tasks =
    [
        ('a', "spam or not", Read.LastStep, "How many answers does one e-mail get, and when is all of it known?"),
        ('b', "the next note", Read.EveryStep, "“All along”: after how many of the notes is a guess wanted?"),
        ('c', "normal heartbeats", Read.EveryStep, "How many marks does a recording of a thousand heartbeats get?"),
        ('d', "the language of a text", Read.LastStep, "Is there one answer for the text, or one for each letter?"),
        (
            'e',
            "commas while dictating",
            Read.EveryStep,
            "After which words must it be decided whether a comma follows? “None” is an answer, too."
        ),
        ('f', "a fall on a video", Read.LastStep, "“Asked at the end”: how many answers does one video get?"),
        ('g', "hourly warnings", Read.EveryStep, "How many answers does a day of measurements get?"),
        (
            'h',
            "translation",
            Read.Neither,
            "Does a translation always have as many words as the sentence? And can its first word "
                + "be known after the first word?"
        ),
    ];

    public static Finding? Open(Read?[] given)
    {
        var open = Tasks
            .Zip(given)
            .Where(pair => pair.Second is null)
            .Select(pair => $"({pair.First.Letter})")
            .ToList();
        return open.Count == 0
            ? null
            : new Finding(
                "open",
                $"What you have answered is right. Still open: {string.Join(", ", open)}.",
                "Ask of each: how many answers does one sequence get?",
                "One answer for the whole: LastStep. One for each input: EveryStep. Another number: Neither."
            );
    }

    public static Finding Wrong(char letter, string name, string question, Read given) =>
        new(
            $"task-{letter}",
            $"({letter}), {name}: "
                + given switch
                {
                    Read.EveryStep => "its outputs are not read at every step.",
                    Read.LastStep => "its outputs are not read at the last step only.",
                    _ => "one of the two patterns does fit it.",
                },
            question,
            "One answer for the whole: LastStep. One for each input, as it comes: EveryStep. Another "
                + "number of answers than either: Neither."
        );
}
