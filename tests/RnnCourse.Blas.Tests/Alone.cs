namespace RnnCourse.Blas.Tests;

/// <summary>Tests that change what the whole process uses, or count what it allocates: they run one after another, and
/// after all others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
