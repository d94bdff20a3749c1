using System.Globalization;

namespace RnnCourse.Exercises;

/// <summary>What steps of gated cells are known to get wrong.</summary>
internal static class CellFaults
{
    public static Finding Swapped(string one, string other) => new($"{one}-{other}-swapped", $"The {one} gate stands where the {other} gate belongs, and the other way round.",
        "Say in words what each gate decides, and what it multiplies.", "keep multiplies what was there, add what is new, and show what comes out.");

    public static readonly Finding KeepMissing = new("keep-missing", "The old cell is taken whole: the keep gate is missing.",
        "How would this cell ever forget anything?", "c_i = keep ⊙ c_prev + add ⊙ candidate.");

    public static readonly Finding AddMissing = new("add-missing", "The candidate is added whole: the add gate is missing.",
        "Who decides whether what was just read is worth keeping?", "c_i = keep ⊙ c_prev + add ⊙ candidate.");

    public static readonly Finding ShowMissing = new("show-missing", "The state is tanh(c_i) itself: the show gate is missing.",
        "The cell may hold what is not needed yet. Which gate hides it?", "s_i = show ⊙ tanh(c_i).");

    public static readonly Finding TanhOfCellMissing = new("cell-tanh-missing", "The state is show ⊙ c_i: the tanh of the cell is missing.",
        "A cell is added to at each step, and may grow beyond 1. May a state?", "s_i = show ⊙ tanh(c_i).");

    public static readonly Finding CandidateSigmoid = new("candidate-sigmoid", "The candidate goes through the sigmoid, so nothing negative can ever be added.",
        "Gates are degrees from 0 to 1. Is the candidate a degree?", "The candidate goes through tanh, as the plain cell's state does.");

    public static readonly Finding GateTanh = new("gate-tanh", "The gates go through tanh; a gate is a degree from 0 to 1.",
        "What would a gate of −1 do to what it multiplies?", "Gate.Sigmoid(keep.Sum(x_i, s_prev)), and so for each gate.");

    public static readonly Finding GatesNotSquashed = new("gate-not-squashed", "The gates are the bare sums: the sigmoid is missing.",
        "From where to where does a gate go?", "Gate.Sigmoid(keep.Sum(x_i, s_prev)), and so for each gate.");

    public static readonly Finding StateForCell = new("state-for-cell", "The old state is kept in place of the old cell.",
        "Which of the two runs along the additive path, the state or the cell?", "c_i = keep ⊙ c_prev + …, and s_prev only goes into the gates and the candidate.");

    public static readonly Finding CellForState = new("cell-for-state", "The gates look at the old cell; they should look at the old state.",
        "W multiplies what was shown at the last step. What is that?", "keep.Sum(x_i, s_prev), and so for each gate.");

    public static readonly Finding OldCellShown = new("old-cell-shown", "The state shows the old cell, so what was just read comes out a step late.",
        "Which comes first, the new cell or the new state?", "First c_i, then s_i = show ⊙ tanh(c_i).");

    public static readonly Finding Coupled = new("coupled-gates", "The candidate is multiplied by 1 − keep: that is how a GRU does it.",
        "An LSTM may keep everything and add something at once. Which gate is it that decides about adding?", "c_i = keep ⊙ c_prev + add ⊙ candidate.");

    public static readonly Finding Returned = new("returned-swapped", "State and cell are returned in the wrong order.", "The first is s_i, the second c_i.", "return (s_i, c_i);");

    public static readonly Finding Inverted = new("keep-inverted", "The keep gate works the wrong way round: where it is open, the old state is replaced.",
        "With keep = 1 nothing must change. What does your step make of s_prev then?", "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate.");

    public static readonly Finding WithoutReset = new("without-reset", "The candidate sees the whole old state: the reset gate is missing.",
        "Which gate says how much of the old state the candidate may use?", "candidate = tanh(U x_i + b + reset ⊙ (W s_prev + b_W)).");

    public static readonly Finding ResetOnState = new("reset-before-w", "The reset gate multiplies s_prev before W. Some papers have it so; libtorch and this course multiply the product.",
        "Where do the brackets stand in reset ⊙ (W s_prev + b_W)?", "Product and bias first, then the gate.");

    public static readonly Finding ResetOnAll = new("reset-on-input", "The reset gate multiplies what comes from the input, too.",
        "Reset is about the past. Should it hide what was just read?", "tanh(U x_i + b + reset ⊙ (W s_prev + b_W)).");

    public static readonly Finding SecondBiasMissing = new("second-bias-missing", "b_W is missing: the bias inside the brackets.",
        "The candidate has two biases: b with the input, b_W with the old state. Why can't they be one?", "reset ⊙ (W s_prev + b_W).");

    public static readonly Finding SecondBiasOutside = new("second-bias-outside", "b_W is added outside the brackets: the reset gate doesn't reach it.",
        "What does the reset gate multiply, all in all?", "reset ⊙ (W s_prev + b_W).");

    public static readonly Finding OldNotMixed = new("old-added-whole", "The old state is added whole: the keep gate is missing there.",
        "If the state only ever grows, how long does it stay below 1?", "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate.");

    public static readonly Finding NewNotMixed = new("candidate-added-whole", "The candidate is added whole: the factor 1 − keep is missing.",
        "Old and new share the room in the state. If keep is 0.9, how much is left for the new?", "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate.");

    public static Finding OffOverSteps(string framework, double off) => new("off-over-steps",
        string.Create(CultureInfo.InvariantCulture, $"One step is right, but over seven steps the scores differ from {framework}'s by up to {off:G3}."),
        "What does your method remember from one call to the next, beside what it is handed?", "A step's result may depend on its arguments only.");
}
