namespace RnnCourse.Exercises.Lesson01;

/// <summary>The exercises of lesson 01.</summary>
internal static class Texts01
{
    public static Exercise EightTasks { get; } =
        new(
            "01.1",
            "classify eight tasks",
            "Put Read.EveryStep, Read.LastStep or Read.Neither in place of each null.",
            "Four are read at every step and three at the last. Translation fits neither: it needs a "
                + "network that reads the whole sentence first and then writes another, of another length.",
            "Ask of each: how many answers does one sequence get, and when?",
            "One answer for the whole: LastStep. One for each input, as it comes: EveryStep. Another "
                + "number of answers: Neither.",
            """
            // Exercise 1: classify eight tasks
            Check.EightTasks(a: Read.LastStep, b: Read.EveryStep, c: Read.EveryStep, d: Read.LastStep,
                e: Read.EveryStep, f: Read.LastStep, g: Read.EveryStep, h: Read.Neither)
            """
        )
        {
            RightIf = Criteria01.EightTasks,
        };

    public static Exercise OwnTask { get; } =
        new(
            "01.2",
            "a task of your own",
            "Make the inputs, one vector for each step, and the answers, null where none is wanted.",
            "It is a sequence problem like the four of this lesson, and the section “What they share, "
                + "and where they differ” takes it as it is.",
            "A list of vectors of equal size is all that the inputs have to be.",
            "For instance how warm it was, one number a day, and at the end whether the next day will be warmer.",
            """
            // Exercise 2: a task of your own
            var days = new[] { 11.0, 12.5, 14.0, 13.0 }
                .Select(t => Vector<double>.Build.Dense(1, t)).ToList();
            var weather = new SequenceTask("weather", days, new string[] { null, null, null, "warmer" });
            Check.TaskOfYourOwn(weather.x, weather.Answers)
            """
        )
        {
            RightIf = Criteria01.OwnTask,
        };

    public static Exercise FarApart { get; } =
        new(
            "01.3",
            "far apart",
            "Put two sentences in place of null.",
            "One word, seven steps or more back, decides. A model of this language needs a memory that reaches as far.",
            "Take a short pair that works, and put words between that change nothing.",
            "The words still, only and just keep a noun phrase open, and open none.",
            """
            // Exercise 3: far apart
            Check.FarApart("they still still only only just just swim",
                "the still still only only just just swim")
            """
        )
        {
            RightIf = Criteria01.FarApart,
        };
}
