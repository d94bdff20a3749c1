using RnnCourse.Cli.Run;
using RnnCourse.Datasets;
using RnnCourse.Training;

namespace RnnCourse.Cli.Train;

/// <summary>Runs a command's work and turns what can go wrong into one message and an exit code.</summary>
internal static class Guard
{
    public static Task<int> RunAsync(Func<int> work) => Task.Run(() =>
    {
        try
        {
            return work();
        }
        catch (TrainingDivergedException e)
        {
            return Say(e.Message, ExitCode.TrainingDiverged);
        }
        catch (Exception e) when (e is UserErrorException or ArgumentException)
        {
            return Say(e.Message, ExitCode.Usage);
        }
        catch (Exception e) when (e is DataFileException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Say(e.Message, ExitCode.File);
        }
        catch (OutOfMemoryException)
        {
            return Say("There is not enough memory for a model or data of this size. Try a smaller --hidden, --batch or --window.", ExitCode.Usage);
        }
    });

    private static int Say(string message, int code)
    {
        Console.Error.WriteLine($"rnn: {Terminal.Printable(message)}");
        return code;
    }
}
