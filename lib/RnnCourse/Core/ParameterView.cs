namespace RnnCourse.Core;

/// <summary>One parameter of a network, seen as plain numbers: enough for whoever trains the network or checks its
/// gradients.</summary>
/// <param name="Name">The parameter's letter in the lecture, such as "U" or "s_0".</param>
/// <param name="Rows">How many rows the parameter has.</param>
/// <param name="Columns">How many columns it has; 1 for a vector.</param>
/// <param name="Values">The numbers themselves, shape (Rows, Columns), column after column. They are the network's own,
/// not a copy: writing here changes the network.</param>
public sealed record ParameterView(string Name, int Rows, int Columns, double[] Values);
