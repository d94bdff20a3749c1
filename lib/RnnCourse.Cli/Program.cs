using RnnCourse.Cli;
using RnnCourse.Cli.Figures;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Running;

PlotlyCharts.Register();

// Before the command line is parsed: the runner starts this program again for each notebook, and every millisecond
// of that start delays the notebook.
return args is [NotebookRunnerFactory.WorkerCommandName, .. var rest]
    ? await NotebookWorker.RunAsync(rest)
    : await CommandLine.RunAsync(args);
