using RnnCourse.Cli;
using RnnCourse.Cli.Figures;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Hosting;

InvariantCulture.BecomeDefault();
PlotlyCharts.Register();

// Before the command line is parsed: each session starts this program again, and every millisecond of that start
// delays its first cell.
return args is [NotebookRunnerFactory.SessionCommandName, .. var rest]
    ? await SessionProgram.RunAsync(rest)
    : await CommandLine.RunAsync(args);
