namespace RnnCourse.Exercises.Lesson06;

/// <summary>The quiz of lesson 06.</summary>
internal static class Quiz06
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'b',
            A: "Try it: with 0.9 each dot takes a little. After five of them 0.35 is left, which is neither on nor "
                + "off, however strong the switch was. Only with w above 1 does tanh find a place to stay at other "
                + "than 0.",
            B: "With w = 1.4 the state stays near 0.8 or −0.8, where what w adds and what tanh takes are equal. And "
                + "u = 2 is more than the w s = 1.1 that holds it, so a minus turns it round.",
            C: "The plus is held. But what holds it, w s = 1.1, is more than the minus brings, 1: the state dips and "
                + "climbs back. What remembers well is hard to change.",
            D: "With a negative w the state changes its sign at every dot: it remembers that there was something, and "
                + "not what. Watch the line jump."
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
                + "states again: some numbers hardly change from word to word, others change at each.",
            C: "In principle eight real numbers could encode any sentence. But s_i is made by one step of tanh, a rule "
                + "that must be learnt and that squeezes what it is given: in the last figure, next to nothing "
                + "was left of the first word in the end.",
            D: "It tagged more words right. To keep every word doesn't help where each step has to learn "
                + "for itself, from few examples, what to do with them. Less input can be more knowledge."
        ),
    ];
}
