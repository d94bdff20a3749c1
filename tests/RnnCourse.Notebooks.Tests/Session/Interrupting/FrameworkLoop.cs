namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

/// <summary>A loop in the framework that checks for no interrupt, like a computation in a library.</summary>
internal static class FrameworkLoop
{
    /// <summary>Code that declares <c>spin</c>, which loops until <c>back</c> is set.</summary>
    public const string Code = """
        var back = new TaskCompletionSource();
        var endless = System.Linq.Expressions.Expression.Label();
        var isBack = System.Linq.Expressions.Expression.Property(
            System.Linq.Expressions.Expression.Constant(back.Task), "IsCompleted");
        var spin = System.Linq.Expressions.Expression.Lambda<Action>(
            System.Linq.Expressions.Expression.Loop(
                System.Linq.Expressions.Expression.IfThen(
                    isBack, System.Linq.Expressions.Expression.Break(endless)), endless)).Compile();
        """;
}
