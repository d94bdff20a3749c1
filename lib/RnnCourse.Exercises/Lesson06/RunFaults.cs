namespace RnnCourse.Exercises.Lesson06;

/// <summary>Known mistakes in a loop over a sequence.</summary>
internal static class RunFaults
{
    public static Finding NeverPassedOn { get; } =
        new(
            "state-never-passed-on",
            "Every step starts from s_0: the new state is never passed on. Step 1 is right, and each "
                + "later step forgets all before it.",
            "What does the loop read as the previous state at step 2, and which line wrote it?",
            "At the end of each turn, the new state must become the previous one: s_prev = s_i."
        );

    public static Finding StartIgnored { get; } =
        new(
            "s0-ignored",
            "The first step starts from zeros instead of the given s_0.",
            "Where does the state come from before the first step?",
            "Let the state start as the given s_0, not as a new vector."
        );

    public static Finding NetworksStart { get; } =
        new(
            "s0-of-the-network",
            "The first step starts from the network's own s_0 instead of the one that is given.",
            "The method is handed a starting state. Is it used?",
            "Start from the argument s_0; rnn.s_0 is another vector."
        );

    public static Finding NotReset { get; } =
        new(
            "s0-not-reset",
            "The same sequence, read twice, gives two answers: the second reading starts from where the "
                + "first one ended. s_0 is not reset.",
            "What remains from one call to the next? A variable outside of the method keeps its value.",
            "Set the state to s_0 at the beginning of the method, not once outside of it."
        );

    public static Finding StartOverwritten { get; } =
        new(
            "s0-overwritten",
            "The method writes into s_0: the next sequence would start from another state.",
            "var s = s_0; gives a second name to the same vector. Which line writes into it?",
            "Give each state a vector of its own, or start from s_0.Clone()."
        );

    public static Finding OutputLate { get; } =
        new(
            "output-one-late",
            "Each output is read from the state before its input came in: y_i comes from s_{i−1}.",
            "In which order do the lines within the loop stand: first the new state, or first the output?",
            "Compute s_i first, then y_i from s_i."
        );

    public static Finding InputsBackwards { get; } =
        new(
            "inputs-backwards",
            "The inputs are read from the last to the first.",
            "Which input comes first in time?",
            "for (var i = 1; i <= x.Count; i++) reads x[i - 1]."
        );

    public static Finding ResultsBackwards { get; } =
        new(
            "results-backwards",
            "The results are right but stand in reverse: the last step's comes first.",
            "At which end of the list does each turn add?",
            "Add(…) puts at the end; Insert(0, …) puts at the front."
        );

    public static Finding InputsLate { get; } =
        new(
            "inputs-one-late",
            "Each step reads the input of the step before.",
            "The lecture counts from 1, C# from 0: which index does x_1 have?",
            "x_i is x[i - 1]; with a loop from 0, it is x[i]."
        );

    public static Finding SameObject { get; } =
        new(
            "same-object",
            "All results are one and the same vector, as it was after the last step.",
            "A list keeps references. What happens to the vectors already in it when the loop writes "
                + "into their object again?",
            "Make a new vector at each step, or add a Clone()."
        );

    public static Finding Count(string name, int actual, int expected) =>
        new(
            "count",
            $"There are {actual} {name} for a sequence that needs {expected}.",
            "How often does the loop turn for n inputs, and how often for none?",
            "One output for each input; the states are s_1 … s_n, and s_0 before them if it is listed, too."
        );

    public static Finding AtLength(int n, Finding fault) =>
        fault with
        {
            What = $"For a sequence of {Findings.Counted(n, "input")}: {fault.What}",
        };
}
