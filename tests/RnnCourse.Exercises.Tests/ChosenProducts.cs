using RnnCourse.Blas;
using RnnCourse.Exercises.Tests;

[assembly: AssemblyFixture(typeof(ChosenProducts))]

namespace RnnCourse.Exercises.Tests;

/// <summary>
/// Chooses what computes matrix products before any test runs. It is chosen once for a process, when a product first
/// asks: a test that compares two results to the bit would fail if another test made that choice between them.
/// </summary>
public sealed class ChosenProducts
{
    public ChosenProducts() => BlasSelection.UseEnvironment();
}
