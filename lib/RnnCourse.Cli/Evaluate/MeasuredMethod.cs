using RnnCourse.Metrics;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Evaluate;

/// <summary>A method and what it reached: once, or with several seeds.</summary>
internal sealed record MeasuredMethod(string Name, bool IsModel, IReadOnlyList<IReadOnlyList<Score>> Runs)
{
    public SeedSummary Summary(int score) => SeedSummary.Of([.. Runs.Select(run => run[score].Value)]);
}
