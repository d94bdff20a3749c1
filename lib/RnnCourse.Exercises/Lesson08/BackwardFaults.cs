namespace RnnCourse.Exercises.Lesson08;

/// <summary>The replies to each mistake in a backward pass.</summary>
internal static class BackwardFaults
{
    public static Finding Of(BackwardFault fault) =>
        fault switch
        {
            BackwardFault.UOverwritten => Overwritten("dU", "u"),
            BackwardFault.WOverwritten => Overwritten("dW", "w"),
            BackwardFault.VOverwritten => Overwritten("dV", "v"),
            BackwardFault.BBiasOverwritten => Overwritten("db", "b"),
            BackwardFault.CBiasOverwritten => Overwritten("dc", "c"),
            BackwardFault.NextMissing => new(
                "next-missing",
                "ds_i holds what comes from the step's own output, and nothing from the next step.",
                "A state is used twice: by its own output and by the next state. How many terms has its gradient?",
                "ds_i = Vᵀ dz_i + Wᵀ da_{i+1}. Keep Wᵀ da_i in a variable for the turn that comes next, "
                    + "which is step i − 1."
            ),
            BackwardFault.NextAccumulated => new(
                "next-accumulated",
                "What comes from the next step is summed over all later steps: each state gets what was "
                    + "meant for others, too.",
                "ds_{i+1} holds what all later losses ask for already. How often does a state need it?",
                "ds_next = Wᵀ da_i, with = and not +=. Only the gradients of parameters are sums over the steps."
            ),
            BackwardFault.WTransposeForgotten => new(
                "w-not-transposed",
                "What goes back from step to step is multiplied by W; it should be Wᵀ.",
                "W is square, so no shape complains. Forwards, W[r, c] leads from unit c to unit r. And backwards?",
                "ds_{i−1} gets Wᵀ da_i: W.TransposeThisAndMultiply(da_i)."
            ),
            BackwardFault.PassedWithoutW => new(
                "passed-without-w",
                "What goes back to the previous state has not passed through W.",
                "Through which matrix did s_{i−1} enter a_i? The gradient takes the same way back.",
                "Wᵀ da_i."
            ),
            BackwardFault.PassedBeforeTanh => new(
                "passed-before-tanh",
                "What goes back to the previous state is Wᵀ ds_i: it has left out the tanh of this step.",
                "Between s_{i−1} and s_i stand W and then tanh. In which order does the chain rule pass "
                    + "them on the way back?",
                "First da_i = (1 − s_i²) ds_i, then Wᵀ da_i."
            ),
            BackwardFault.SlopeMissing => new(
                "slope-missing",
                "da_i equals ds_i: the derivative of tanh is missing.",
                "s_i = tanh(a_i). Which factor does the chain rule put between ds_i and da_i?",
                "tanh' = 1 − tanh², so da_i = (1 − s_i²) ds_i, number by number."
            ),
            BackwardFault.SlopeOfInput => new(
                "slope-of-input",
                "The derivative of tanh is taken as 1 − a_i², from the input of tanh instead of its output.",
                "1 − tanh(a)² holds the square of tanh(a). Which of the two is that, a_i or s_i?",
                "(1 − s_i²): the forward pass has kept s_i."
            ),
            BackwardFault.SlopeOfTanhTwice => new(
                "slope-of-tanh-twice",
                "The derivative of tanh is taken as 1 − tanh(s_i)²: tanh is applied once too often.",
                "s_i already is tanh(a_i).",
                "(1 − s_i²)."
            ),
            BackwardFault.SlopeOfPreviousState => new(
                "slope-of-previous-state",
                "The derivative of tanh is taken at s_{i−1}; it belongs to the tanh that made s_i.",
                "Which state came out of the tanh of step i?",
                "(1 − s_i²). In code, s[i], since s[0] is s_0."
            ),
            BackwardFault.SlopeOfDerivative => new(
                "slope-of-derivative",
                "The derivative of tanh is taken as 1 − ds_i²: a gradient where the state belongs.",
                "tanh' depends on what the forward pass computed. Which of its values?",
                "(1 − s_i²) ds_i."
            ),
            BackwardFault.SlopeOfSigmoid => new(
                "slope-of-sigmoid",
                "The derivative is s (1 − s), which belongs to 1 / (1 + e^(−a)), not to tanh.",
                "Which nonlinearity made s_i?",
                "tanh' = 1 − s_i²."
            ),
            BackwardFault.SlopeWithoutSquare => new(
                "slope-without-square",
                "The derivative of tanh is taken as 1 − s_i: the square is missing.",
                "Try it at s = −1: a saturated unit passes nothing back. What does 1 − s say there?",
                "1 − s_i², number by number."
            ),
            BackwardFault.SlopeOfDotProduct => new(
                "slope-of-dot-product",
                "The derivative of tanh is taken as one number for all units: s_i * s_i of two vectors "
                    + "multiplies number by number and adds up.",
                "Each unit has its own tanh, and so its own slope. What does * make of two vectors?",
                "1 - s_i.PointwiseMultiply(s_i), number by number."
            ),
            BackwardFault.NewStateInW => new(
                "new-state-in-w",
                "dW is built with s_i; W was multiplied by s_{i−1}.",
                "The gradient of a product's matrix: what came back, times what the matrix was multiplied "
                    + "by. What was that?",
                "dW += da_i s_{i−1}ᵀ. In code, s[i - 1]."
            ),
            BackwardFault.PreviousStateInV => new(
                "previous-state-in-v",
                "dV is built with s_{i−1}; V was multiplied by s_i.",
                "Which state does the output of step i read?",
                "dV += dz_i s_iᵀ."
            ),
            BackwardFault.OwnOutputMissing => new(
                "own-output-missing",
                "Only the last step's output sends anything back; those of the earlier steps are left out.",
                "Each step that is read adds to the loss. Where do they enter?",
                "ds_i = Vᵀ dz_i + what comes from step i + 1, at every step."
            ),
            BackwardFault.OneHotForgotten => new(
                "onehot-forgotten",
                "dz_i is y_i itself: nothing was subtracted for the right class.",
                "What is the derivative where the prediction is perfect? It must be zero there.",
                "dz_i = y_i − onehot(target_i)."
            ),
            BackwardFault.UnreadCounted => new(
                "unread-counted",
                "Steps whose output is not read (target null) send something back, too.",
                "What does the loss say about such a step? And so its derivative?",
                "dz_i = 0 where the target is null."
            ),
            BackwardFault.UnreadAsClassZero => new(
                "unread-as-class-zero",
                "Steps whose output is not read (target null) are treated as if class 0 were right.",
                "null is not a class. What does ?? 0, or GetValueOrDefault(), make of it?",
                "dz_i = 0 where the target is null."
            ),
            BackwardFault.UnreadSkipped => new(
                "unread-skipped",
                "A step whose output is not read (target null) is left out altogether, so nothing passes back "
                    + "through it.",
                "Its own loss is 0. But what do the later steps send back through its state?",
                "dz_i = 0 there; all other lines of the step stay."
            ),
            BackwardFault.LastLossOnly => new(
                "last-loss-only",
                "Only the loss of the last step is sent back.",
                "Which steps have a target, and so a loss of their own?",
                "At each step: ds_i = Vᵀ dz_i + what comes from the next step."
            ),
            BackwardFault.BiasFromState => new(
                "bias-before-tanh",
                "db collects ds_i, the gradient behind tanh.",
                "b is added inside tanh. Which gradient is taken there, ds_i or da_i?",
                "db += da_i."
            ),
            BackwardFault.StartWithoutW => new(
                "ds0-without-w",
                "ds_0 is da_1: W is missing between the two.",
                "How does s_0 enter a_1?",
                "a_1 = U x_1 + W s_0 + b, so ds_0 = Wᵀ da_1."
            ),
            BackwardFault.TargetsOneAhead => new(
                "targets-one-ahead",
                "Each step is judged by the target of the next one.",
                "The lecture counts from 1, C# from 0. Which index has the target of step i?",
                "targets[i - 1] belongs to y[i - 1]."
            ),
            BackwardFault.TargetsOneBehind => new(
                "targets-one-behind",
                "Each step is judged by the target of the one before.",
                "Which index has the target of step 1?",
                "targets[i - 1] belongs to y[i - 1]; the first is targets[0]."
            ),
            BackwardFault.StateBiasForgotten => new(
                "db-forgotten",
                "db is zero: the bias b gets no gradient.",
                "b is added at every step, with factor 1. So what is its gradient?",
                "db += da_i."
            ),
            BackwardFault.OutputBiasForgotten => new(
                "dc-forgotten",
                "dc is zero: the bias c gets no gradient.",
                "c is added to the scores, with factor 1. So what is its gradient?",
                "dc += dz_i."
            ),
            BackwardFault.StartForgotten => new(
                "ds0-forgotten",
                "ds_0 is zero: the state before the first step gets no gradient.",
                "s_0 is the previous state of step 1. What does step 1 send back?",
                "ds_0 = Wᵀ da_1: what is left in the variable after the last turn."
            ),
            BackwardFault.DividedBySteps => new(
                "divided-by-steps",
                "All gradients are divided by the number of steps.",
                "Is this loss a mean or a sum over the steps?",
                "CrossEntropy.Loss is a sum; its gradient is a sum, too."
            ),
            BackwardFault.DividedByReadSteps => new(
                "divided-by-read-steps",
                "All gradients are divided by the number of steps that are read.",
                "Is this loss a mean or a sum over the steps that are read?",
                "CrossEntropy.Loss is a sum. Whoever wants the mean divides once, at the end, loss and gradient alike."
            ),
            BackwardFault.SignFlipped => new(
                "sign-flipped",
                "All gradients have the wrong sign: a step against them would climb.",
                "dz_i is a difference. Which of the two is subtracted?",
                "dz_i = y_i − onehot(target_i)."
            ),
            BackwardFault.LoopForwards => new(
                "loop-forwards",
                "The loop runs from the first step to the last, so what the next step sends back is not "
                    + "known yet when it is needed.",
                "Through time, and back: at which step is everything known at once?",
                "for (var i = n; i >= 1; i--)."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "This fault has no text."),
        };

    private static Finding Overwritten(string gradient, string letter) =>
        new(
            $"{letter}-overwritten",
            $"{gradient} holds the contribution of one step only: it is overwritten at each step.",
            $"The parameter of {gradient} is used at every step. So how many contributions has its gradient?",
            $"The gradient is a sum: {gradient} += …, not {gradient} = …, and it starts from zeros before the loop."
        );
}
