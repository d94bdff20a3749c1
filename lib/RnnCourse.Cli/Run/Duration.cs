using System.Globalization;

namespace RnnCourse.Cli.Run;

/// <summary>Writes durations for people: <c>3.2 s</c>, <c>2 min 05 s</c>.</summary>
internal static class Duration
{
    public static string Format(TimeSpan time) =>
        time.TotalSeconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");
}
