namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to an exercise, each written in another way.</summary>
/// <param name="Exercise">The exercise, such as "06.1a".</param>
/// <param name="Ways">By what is special about it, what the check says.</param>
public sealed record RightAnswer(string Exercise, IReadOnlyDictionary<string, Func<Feedback>> Ways);

/// <summary>A right answer is right, whatever its shape: a loop, LINQ, recursion, in place, another formula that is
/// equal, noise in the last digits, another seed or size.</summary>
/// <remarks>Where a network is trained, the usual run tries some seeds, and <c>RNN_LONG=1</c> all twenty.</remarks>
public sealed class RightAnswersTests(ITestOutputHelper output)
{
    private const int MinWays = 8;

    // The answers are true or false, a word, or two counts, so only one answer in one form is right.
    private static readonly Dictionary<string, string> WithOneAnswer = new()
    {
        ["01.1"] = "eight choices",
        ["03.2"] = "three times true or false",
        ["04.2"] = "two counts",
        ["06.4"] = "one of three words",
    };

    internal static readonly bool IsLong = Environment.GetEnvironmentVariable("RNN_LONG") == "1";

    internal static IEnumerable<int> Seeds => IsLong ? Enumerable.Range(1, 20) : [1, 2, 3];

    private static readonly IReadOnlyList<RightAnswer> All =
    [
        .. Answers00.All,
        .. Answers01.All,
        .. Answers02.All,
        .. Answers03.All,
        .. Answers04.All,
        .. Answers05.All,
        .. Answers06.All,
        .. Answers07.All,
        .. Answers08.All,
        .. Answers09.All,
        .. Answers10.All,
        .. Answers11.All,
        .. Answers12.All,
        .. Answers13.All,
        .. Answers14.All,
    ];

    public static TheoryData<string, string> Names =>
        [
            .. from answer in All
            from way in answer.Ways.Keys
            select new TheoryDataRow<string, string>(answer.Exercise, way),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_right_answer_of_any_shape_is_right(string exercise, string way)
    {
        var feedback = All.Single(answer => answer.Exercise == exercise).Ways[way]();
        Assert.True(feedback.State == FeedbackState.Correct, feedback.ToString());
        Assert.Equal(exercise, feedback.Exercise);
    }

    [Fact]
    public void Every_exercise_has_at_least_eight()
    {
        Assert.All(
            Solutions.Exercises.Except(WithOneAnswer.Keys),
            exercise =>
            {
                var ways = All.SingleOrDefault(answer => answer.Exercise == exercise)?.Ways.Count ?? 0;
                Assert.True(ways >= MinWays, $"{exercise} has {ways} right answers; {MinWays} are asked for.");
            }
        );
        foreach (var (exercise, why) in WithOneAnswer)
        {
            output.WriteLine($"{exercise}: one right answer only ({why}).");
        }
    }
}
