namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>Tests that run cells of lessons in this process run alone: some cells change what the process has once,
/// such as what computes matrix products, and a test beside them that compares two results to the bit would
/// fail.</summary>
[CollectionDefinition(nameof(RunsLessons), DisableParallelization = true)]
public sealed class RunsLessons;
