using RnnCourse.Cli;
using RnnCourse.Cli.Figures;
using RnnCourse.Notebooks.Running;

PlotlyCharts.Register();

// Before the command line is parsed: the runner starts this program again for each notebook, and a reader waits for it.
return args is [Worker.Command, .. var rest] ? await NotebookWorker.RunAsync(rest) : await CommandLine.RunAsync(args);
