namespace RnnCourse.Exercises.Lesson06;

/// <summary>Known mistakes in the step of a recurrent network.</summary>
internal static class StepFaults
{
    public static Finding StateAdded { get; } =
        new(
            "old-state-added",
            "The new state is added to the old one, where it should replace it.",
            "By which way alone does s_{i−1} get into s_i in the lecture's formula?",
            "s_i = tanh(U x_i + W s_{i−1} + b): s_{i−1} goes through W, and nothing else is added."
        );

    public static Finding InputMissing { get; } =
        new(
            "input-missing",
            "s_i does not depend on x_i: the term U x_i is missing.",
            "What is new at this step, compared with the one before? It has to enter the state.",
            "The sum has three terms; one of them is U * x_i."
        );

    public static Finding RecurrentMissing { get; } =
        new(
            "recurrent-missing",
            "s_i does not depend on s_{i−1}: the term W s_{i−1} is missing, or it multiplies zeros at every step.",
            "Which term made the step recurrent? Without it this is the shared network of lesson 04.",
            "The sum has three terms; one of them is W * s_prev."
        );

    public static Finding RecurrentTransposed { get; } =
        new(
            "recurrent-transposed",
            "The recurrent term uses W lying on its side: Wᵀ s_{i−1} instead of W s_{i−1}.",
            "W is square, so no shape complains. Does the state stand to the right of W, and are rows and columns "
                + "where they belong?",
            "W * s_prev takes row after row of W. s_prev * W, or TransposeThisAndMultiply, takes its columns."
        );

    public static Finding RecurrentSubtracted { get; } =
        new(
            "recurrent-subtracted",
            "The term W s_{i−1} is subtracted instead of added.",
            "Look at the signs between the three terms.",
            "U * x_i + W * s_prev + b: two plus signs."
        );

    public static Finding RecurrentWithoutW { get; } =
        new(
            "recurrent-without-w",
            "s_{i−1} is added as it is, without W.",
            "Each unit of the state should see a mixture of all the previous ones. Which matrix mixes them?",
            "The term is W * s_prev."
        );

    public static Finding StateBiasMissing { get; } =
        new(
            "state-bias-missing",
            "s_i is computed without the bias b.",
            "Count the terms within the nonlinearity: there should be three.",
            "Add b to U * x_i + W * s_prev, before the tanh."
        );

    public static Finding StateBiasSubtracted { get; } =
        new(
            "state-bias-subtracted",
            "The bias b is subtracted instead of added.",
            "Look at the sign before b.",
            "U * x_i + W * s_prev + b."
        );

    public static Finding TanhMissing { get; } =
        new(
            "tanh-missing",
            "s_i is the sum itself: the nonlinearity is missing.",
            "What keeps the numbers of a state between −1 and 1?",
            "The whole sum goes through PointwiseTanh()."
        );

    public static Finding TanhTwice { get; } =
        new(
            "tanh-twice",
            "s_i went through tanh twice.",
            "How often is the nonlinearity applied on the way from the sum to the state?",
            "Remove one PointwiseTanh()."
        );

    public static Finding SigmoidInside { get; } =
        new(
            "sigmoid-inside",
            "s_i went through 1 / (1 + e^(−a)), not through tanh.",
            "The lecture writes σ for “a nonlinearity of your choice”. Which one does this course choose inside?",
            "tanh, which squeezes into −1 … 1; the other one squeezes into 0 … 1."
        );

    public static Finding ReluInside { get; } =
        new(
            "relu-inside",
            "s_i went through max(0, ·), not through tanh.",
            "Which nonlinearity does this course choose inside?",
            "PointwiseTanh(), which lets negative numbers stay negative."
        );

    public static Finding SoftmaxInside { get; } =
        new(
            "softmax-inside",
            "s_i went through softmax, which is meant for the output.",
            "The lecture writes one σ in both places. Which nonlinearity belongs inside, and which outside?",
            "Inside: PointwiseTanh(). The numbers of a state are not probabilities."
        );

    public static Finding OutputFromPreviousState { get; } =
        new(
            "output-from-previous-state",
            "y_i is read from s_{i−1} instead of s_i: the output is one step late.",
            "Which state already knows of x_i?",
            "Compute s_i first, then V * s_i + c."
        );

    public static Finding OutputFromPreactivation { get; } =
        new(
            "output-from-preactivation",
            "y_i is read from the sum, before the tanh.",
            "What does V take: the state, or what will become the state?",
            "V * s_i + c, with s_i after PointwiseTanh()."
        );

    public static Finding OutputBiasMissing { get; } =
        new(
            "output-bias-missing",
            "y_i is computed without the bias c.",
            "The output's line has two terms within its nonlinearity.",
            "CrossEntropy.Softmax(V * s_i + c)."
        );

    public static Finding OutputBiasSubtracted { get; } =
        new(
            "output-bias-subtracted",
            "The bias c is subtracted instead of added.",
            "Look at the sign before c.",
            "V * s_i + c."
        );

    public static Finding SoftmaxMissing { get; } =
        new(
            "softmax-missing",
            "y_i holds the scores themselves: they are not turned into probabilities.",
            "Should the numbers of an output sum to 1?",
            "Put V * s_i + c through CrossEntropy.Softmax."
        );

    public static Finding TanhOutside { get; } =
        new(
            "tanh-outside",
            "y_i went through tanh, which is meant for the state.",
            "The lecture writes one σ in both places. Can tanh give probabilities?",
            "Outside: CrossEntropy.Softmax(V * s_i + c)."
        );

    public static Finding SigmoidOutside { get; } =
        new(
            "sigmoid-outside",
            "y_i went through 1 / (1 + e^(−z)): each number alone, so they don't sum to 1.",
            "The classes exclude each other. Which nonlinearity makes them share one probability?",
            "CrossEntropy.Softmax(V * s_i + c)."
        );

    public static Finding SoftmaxNotDivided { get; } =
        new(
            "softmax-not-divided",
            "y_i holds exp of the scores, not divided by their sum.",
            "What do the numbers sum to, and what should they?",
            "Divide e^{z_k} by the sum of all e^{z_j}."
        );

    public static Finding SoftmaxWithoutExp { get; } =
        new(
            "softmax-without-exp",
            "y_i holds the scores divided by their sum: exp is missing.",
            "Scores may be negative; probabilities may not. What makes them positive first?",
            "Take exp of each score, then divide by the sum."
        );

    public static Finding SoftmaxTwice { get; } =
        new(
            "softmax-twice",
            "y_i went through softmax twice.",
            "Softmax of probabilities is nearly uniform. Is it applied again, perhaps by a method that "
                + "already applies it?",
            "One CrossEntropy.Softmax on the way from the scores to y_i."
        );

    public static Finding LogSoftmax { get; } =
        new(
            "log-softmax",
            "y_i holds the logarithms of the probabilities.",
            "Probabilities lie between 0 and 1; these numbers are negative. Which function was applied too much?",
            "The logarithm belongs to the loss. y_i is the softmax itself."
        );

    public static Finding SoftmaxWithoutShift { get; } =
        new(
            "softmax-without-shift",
            "With scores of about 1000, y_i is NaN: exp of a large number is infinite, and ∞/∞ is NaN.",
            "Softmax doesn't change when the same number is subtracted from all scores. Which number "
                + "keeps exp from overflowing?",
            "Subtract the largest score before exp: (z - z.Maximum()).PointwiseExp(). CrossEntropy.Softmax does so."
        );
}
