namespace RnnCourse.Exercises.Lesson06;

/// <summary>The quiz of lesson 06.</summary>
internal static class Quiz06
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'b',
            A: "A hundred copies are drawn, but they are one cell at a hundred times. Training it changes one U, one "
                + "W, one V. What grows with the length is the work of computing, and the number of states that a run "
                + "leaves behind.",
            B: "W, U, V, b, c and s_0 exist once, and the picture only repeats them. What grows with the "
                + "length is the work of computing, and the number of states that a run leaves behind.",
            C: "Every arrow from one state to the next carries the same W. If each had its own, the function would "
                + "differ from step to step, and an eleventh step would find no W: that is lesson 05 again.",
            D: "States are computed anew for each sentence. Parameters are the numbers that training sets "
                + "and that stay the same from one sentence to the next."
        ),
        new(
            'd',
            A: "Step 4 gets two things only, x_4 and s_3. To hand x_1 to step 4 as well is the attempt of "
                + "lesson 05, where each step needs a function of its own.",
            B: "Outputs aren't fed back in this network: the step takes s_{i−1}, not y_{i−1}. What V makes "
                + "of a state leads out and nowhere else.",
            C: "Almost: count the arrows. x_1 enters s_1 through U alone. From s_1 to s_4 there are three "
                + "arrows, hence three times W.",
            D: "Three times the same W, and a tanh at each step. Lessons 08 and 10 follow this very way, "
                + "in the other direction."
        ),
        new(
            'a',
            A: "The task needs only some of the past, here about one bit, and training chooses what the state keeps. "
                + "Where a task needs more than the state can hold, or for longer than it holds it, the loss is real: "
                + "the last two figures showed it.",
            B: "Nothing of the kind is built in: no place of the state belongs to a word. Look at the "
                + "states again, in which one number may be held for many steps while others change at each.",
            C: "In principle eight real numbers could encode any sentence. But s_i is made by one step of tanh, a rule "
                + "that must be learnt and that squeezes what it is given: the distance between two states shrank step "
                + "by step in the last figure.",
            D: "It tagged more words right. To keep every word doesn't help where each step has to learn "
                + "for itself, from few examples, what to do with them. Less input can be more knowledge."
        ),
    ];
}
