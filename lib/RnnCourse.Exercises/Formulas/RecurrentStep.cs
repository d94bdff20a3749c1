namespace RnnCourse.Exercises.Formulas;

/// <summary>The step of the recurrent network (L13): s_i = tanh(U x_i + W s_{i−1} + b), y_i = softmax(V s_i +
/// c).</summary>
internal static class RecurrentStep
{
    /// <summary>The state's line.</summary>
    /// <param name="input">The name of the input.</param>
    /// <param name="previous">The name of the previous state.</param>
    public static Line State(string input, string previous) =>
        new("s_i", Functions.Tanh(Of("U") * Of(input) + Of("W") * Of(previous) + Of("b")));

    /// <summary>The output's line.</summary>
    public static Line Output() => new("y_i", Functions.Softmax(Of("V") * Of("s_i") + Of("c")));

    private static Name Of(string name) => new(name);
}
