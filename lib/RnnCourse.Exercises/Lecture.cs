namespace RnnCourse.Exercises;

/// <summary>The statements of the lecture that the course demonstrates, shortened and in the course's own
/// words.</summary>
public static class Lecture
{
    /// <summary>The statements by their numbers, "L01" to "L20", in order.</summary>
    public static IReadOnlyDictionary<string, string> Statements { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["L01"] =
                "Many tasks take a sequence in and give one output or many: completing a text, tagging "
                + "words, judging a review, labelling a video.",
            ["L02"] = "First wish: the model accounts for dependence between the inputs.",
            ["L03"] = "Second wish: it takes a variable number of inputs.",
            ["L04"] = "Third wish: the function executed at each time step is the same.",
            ["L05"] = "At time step i the function is s_i = σ(U x_i + b), y_i = σ(V s_i + c).",
            ["L06"] = "The same function at each step means the same parameters at each step: they are shared.",
            ["L07"] = "Sharing makes the network agnostic to the length of its input.",
            ["L08"] = "A sequence is handled by copies of the network, one executed at each time step.",
            ["L09"] =
                "A first attempt gives each step all inputs so far, y_i = f_i(x_1, …, x_i), which accounts "
                + "for dependence.",
            ["L10"] = "But the function of the attempt differs from step to step.",
            ["L11"] = "And the attempt is sensitive to the length of the sequence.",
            ["L12"] =
                "Its functions and parameters grow with the length: f_1 to f_10 for ten steps, f_1 to f_100 "
                + "for a hundred.",
            ["L13"] = "The solution is a recurrent connection: s_i = σ(U x_i + W s_{i−1} + b), y_i = σ(V s_i + c).",
            ["L14"] = "s_i is the state of the network at time step i.",
            ["L15"] = "The parameters W, U, V (and b, c) are shared across all time steps.",
            ["L16"] = "The same network with the same parameters computes y_1 … y_10 or y_1 … y_100.",
            ["L17"] =
                "It can be drawn folded, as a cell with a loop, or unrolled, as a copy for each step: two "
                + "pictures of one network.",
            ["L18"] = "With it, all three wishes hold.",
            ["L19"] =
                "In each of the tasks, recurrent connections between the time steps account for the "
                + "dependence between inputs.",
            ["L20"] = "The tasks differ only in where outputs are read: at every step, or at the last one.",
        };
}
