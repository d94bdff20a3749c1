namespace RnnCourse.Cli;

/// <summary>The hidden command by which the runner starts this program to run the cells of one notebook.</summary>
internal static class Worker
{
    public const string Command = "run-cells-of-one-notebook";
}
