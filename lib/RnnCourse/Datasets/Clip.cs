namespace RnnCourse.Datasets;

/// <summary>A sequence of frames and what is done in it.</summary>
/// <param name="Label">The action.</param>
/// <param name="Frames">The frames in the order of time, all of one size, each with pixels of shape (Height,
/// Width).</param>
/// <param name="Source">The folder that it comes from; null if it comes from none.</param>
public sealed record Clip(string Label, IReadOnlyList<GreyImage> Frames, string? Source = null);
