using System.Globalization;

namespace RnnCourse.Exercises.Lesson14;

/// <summary>Known mistakes in steps of gated cells.</summary>
internal static class CellFaults
{
    public static Finding Swapped(string one, string other) =>
        new(
            $"{one}-{other}-swapped",
            $"The {one} gate stands where the {other} gate belongs, and the other way round.",
            "Say in words what each gate decides, and what it multiplies.",
            "keep multiplies what was there, add what is new, and show what comes out."
        );

    public static Finding InPlaceOf(string one, string other) =>
        new(
            $"{one}-for-{other}",
            $"The {one} gate stands where the {other} gate belongs.",
            "Say in words what each gate decides, and what it multiplies.",
            "keep multiplies what was there, add what is new, and show what comes out."
        );

    public static readonly Finding GatesMixedUp = new(
        "gates-mixed-up",
        "More than one gate stands where another belongs, or the candidate does.",
        "Say in words what each gate decides, and what it multiplies.",
        "keep multiplies what was there, add what is new, and show what comes out."
    );

    public static readonly Finding KeepMissing = new(
        "keep-missing",
        "The old cell is taken whole: the keep gate is missing.",
        "How would this cell ever forget anything?",
        "c_i = keep ⊙ c_prev + add ⊙ candidate."
    );

    public static readonly Finding AddMissing = new(
        "add-missing",
        "The candidate is added whole: the add gate is missing.",
        "Who decides whether what was just read is worth keeping?",
        "c_i = keep ⊙ c_prev + add ⊙ candidate."
    );

    public static readonly Finding ShowMissing = new(
        "show-missing",
        "The state is tanh(c_i) itself: the show gate is missing.",
        "The cell may hold what is not needed yet. Which gate hides it?",
        "s_i = show ⊙ tanh(c_i)."
    );

    public static readonly Finding TanhOfCellMissing = new(
        "cell-tanh-missing",
        "The state is show ⊙ c_i: the tanh of the cell is missing.",
        "A cell is added to at each step, and may grow beyond 1. May a state?",
        "s_i = show ⊙ tanh(c_i)."
    );

    public static readonly Finding TanhOutside = new(
        "tanh-outside",
        "The tanh is taken of show ⊙ c_i; it belongs to the cell alone.",
        "What is shown: a part of the cell's tanh, or the tanh of a part of the cell?",
        "s_i = show ⊙ tanh(c_i)."
    );

    public static readonly Finding CellSigmoid = new(
        "cell-sigmoid",
        "The cell goes through the sigmoid on its way out, so the state can't be negative.",
        "Gates are degrees from 0 to 1. Is the state a degree?",
        "s_i = show ⊙ tanh(c_i)."
    );

    public static readonly Finding KeepInvertedInCell = new(
        "keep-inverted",
        "The keep gate works the wrong way round: where it is open, the old cell is dropped.",
        "With keep = 1 nothing must get lost. What does your step make of c_prev then?",
        "c_i = keep ⊙ c_prev + add ⊙ candidate."
    );

    public static readonly Finding Subtracted = new(
        "candidate-subtracted",
        "The candidate is subtracted.",
        "What does the add gate do?",
        "c_i = keep ⊙ c_prev + add ⊙ candidate."
    );

    public static readonly Finding CellNotReturned = new(
        "cell-not-returned",
        "The state is right, but what is returned beside it isn't the new cell.",
        "What does the next step need as c_prev?",
        "return (s_i, c_i); with c_i = keep ⊙ c_prev + add ⊙ candidate, before any tanh."
    );

    public static readonly Finding CandidateNotSquashed = new(
        "candidate-not-squashed",
        "The candidate is the bare sum: its tanh is missing.",
        "The candidate is what a plain cell would make its state. What does that end with?",
        "tanh of candidate.Sum(x_i, s_prev), or of what stands in its place."
    );

    public static readonly Finding OldStateMissing = new(
        "previous-state-missing",
        "Neither the gates nor the candidate see the old state: W s_prev is missing.",
        "A gate decides by what is read and by what is remembered.",
        "U x_i + W s_prev + b, for each of them."
    );

    public static readonly Finding BiasesMissing = new(
        "biases-missing",
        "The biases are missing.",
        "What is added to U x_i and W s_prev?",
        "U x_i + W s_prev + b, for each of them."
    );

    public static readonly Finding Transposed = new(
        "w-transposed",
        "W is transposed. It is square, so no shape complains.",
        "Which of the two is W s: W * s, or s * W?",
        "W * s_prev; a product s_prev * W takes the columns for the rows."
    );

    public static readonly Finding CandidateSigmoid = new(
        "candidate-sigmoid",
        "The candidate goes through the sigmoid, so nothing negative can ever be added.",
        "Gates are degrees from 0 to 1. Is the candidate a degree?",
        "The candidate goes through tanh, as the plain cell's state does."
    );

    public static readonly Finding GateTanh = new(
        "gate-tanh",
        "The gates go through tanh; a gate is a degree from 0 to 1.",
        "What would a gate of −1 do to what it multiplies?",
        "Gate.Sigmoid(keep.Sum(x_i, s_prev)), and so for each gate."
    );

    public static readonly Finding GatesNotSquashed = new(
        "gate-not-squashed",
        "The gates are the bare sums: the sigmoid is missing.",
        "From where to where does a gate go?",
        "Gate.Sigmoid(keep.Sum(x_i, s_prev)), and so for each gate."
    );

    public static readonly Finding StateForCell = new(
        "state-for-cell",
        "The old state is kept in place of the old cell.",
        "Which of the two runs along the additive path, the state or the cell?",
        "c_i = keep ⊙ c_prev + …, and s_prev only goes into the gates and the candidate."
    );

    public static readonly Finding CellForState = new(
        "cell-for-state",
        "The gates look at the old cell; they should look at the old state.",
        "W multiplies what was shown at the last step. What is that?",
        "keep.Sum(x_i, s_prev), and so for each gate."
    );

    public static readonly Finding OldCellShown = new(
        "old-cell-shown",
        "The state shows the old cell, so what was just read comes out a step late.",
        "Which comes first, the new cell or the new state?",
        "First c_i, then s_i = show ⊙ tanh(c_i)."
    );

    public static readonly Finding Coupled = new(
        "coupled-gates",
        "The candidate is multiplied by 1 − keep: that is how a GRU does it.",
        "An LSTM may keep everything and add something at once. Which gate is it that decides about adding?",
        "c_i = keep ⊙ c_prev + add ⊙ candidate."
    );

    public static readonly Finding Returned = new(
        "returned-swapped",
        "State and cell are returned in the wrong order.",
        "The first is s_i, the second c_i.",
        "return (s_i, c_i);"
    );

    public static readonly Finding Inverted = new(
        "keep-inverted",
        "The keep gate works the wrong way round: where it is open, the old state is replaced.",
        "With keep = 1 nothing must change. What does your step make of s_prev then?",
        "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate."
    );

    public static readonly Finding WithoutReset = new(
        "without-reset",
        "The candidate sees the whole old state: the reset gate is missing.",
        "Which gate says how much of the old state the candidate may use?",
        "candidate = tanh(U x_i + b + reset ⊙ (W s_prev + b_W))."
    );

    public static readonly Finding ResetOnState = new(
        "reset-before-w",
        "The reset gate multiplies s_prev before W. Some papers have it so; libtorch and this "
            + "course multiply the product.",
        "Where do the brackets stand in reset ⊙ (W s_prev + b_W)?",
        "Product and bias first, then the gate."
    );

    public static readonly Finding ResetOnAll = new(
        "reset-on-input",
        "The reset gate multiplies what comes from the input, too.",
        "Reset is about the past. Should it hide what was just read?",
        "tanh(U x_i + b + reset ⊙ (W s_prev + b_W))."
    );

    public static readonly Finding SecondBiasMissing = new(
        "second-bias-missing",
        "b_W is missing: the bias inside the brackets.",
        "The candidate has two biases: b with the input, b_W with the old state. Why can't they be one?",
        "reset ⊙ (W s_prev + b_W)."
    );

    public static readonly Finding SecondBiasOutside = new(
        "second-bias-outside",
        "b_W is added outside the brackets: the reset gate doesn't reach it.",
        "What does the reset gate multiply, all in all?",
        "reset ⊙ (W s_prev + b_W)."
    );

    public static readonly Finding ResetInverted = new(
        "reset-inverted",
        "The reset gate works the wrong way round: it is 1 − reset that multiplies the past.",
        "With reset = 0 the cell starts afresh. How much of the old state does your candidate see then?",
        "reset ⊙ (W s_prev + b_W)."
    );

    public static readonly Finding KeepForReset = new(
        "keep-for-reset",
        "Inside the candidate stands the keep gate, where the reset gate belongs.",
        "Two gates, two places. Which of them says what the candidate may see?",
        "tanh(U x_i + b + reset ⊙ (W s_prev + b_W))."
    );

    public static readonly Finding ResetForKeep = new(
        "reset-for-keep",
        "Old and new are mixed by the reset gate, where the keep gate belongs.",
        "Two gates, two places. Which of them says how much of the old stays?",
        "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate."
    );

    public static readonly Finding ResetOnCandidate = new(
        "reset-on-candidate",
        "The reset gate multiplies the whole candidate; it belongs inside, to the past alone.",
        "Reset hides the past from the candidate. Should it shrink the candidate itself?",
        "tanh(U x_i + b + reset ⊙ (W s_prev + b_W))."
    );

    public static readonly Finding FirstBiasMissing = new(
        "first-bias-missing",
        "b is missing: the bias that stands with the input.",
        "The candidate has two biases: b with the input, b_W with the old state.",
        "tanh(U x_i + b + reset ⊙ (W s_prev + b_W))."
    );

    public static readonly Finding FirstBiasInside = new(
        "first-bias-inside",
        "b stands inside the brackets, so that the reset gate reaches it.",
        "What does the reset gate multiply, all in all?",
        "tanh(U x_i + b + reset ⊙ (W s_prev + b_W))."
    );

    public static readonly Finding OldLeftOut = new(
        "old-left-out",
        "The old state isn't mixed in: nothing is kept.",
        "With keep = 1 nothing must change. What does your step make of s_prev then?",
        "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate."
    );

    public static readonly Finding BothKept = new(
        "keep-twice",
        "Old and new are both multiplied by keep; the new should get the rest.",
        "Old and new share the room in the state. If keep is 0.9, how much is left for the new?",
        "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate."
    );

    public static readonly Finding OldNotMixed = new(
        "old-added-whole",
        "The old state is added whole: the keep gate is missing there.",
        "If the state only ever grows, how long does it stay below 1?",
        "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate."
    );

    public static readonly Finding NewNotMixed = new(
        "candidate-added-whole",
        "The candidate is added whole: the factor 1 − keep is missing.",
        "Old and new share the room in the state. If keep is 0.9, how much is left for the new?",
        "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate."
    );

    public static Finding OffOverSteps(string framework, double off) =>
        new(
            "off-over-steps",
            string.Create(
                CultureInfo.InvariantCulture,
                $"One step is right, but over seven steps the scores differ from {framework}'s by up to {off:G3}."
            ),
            "What does your method remember from one call to the next, beside what it is handed?",
            "A step's result may depend on its arguments only."
        );
}
