namespace RnnCourse.Blas;

/// <summary>Whether a product takes a matrix as it is stored, or its transpose.</summary>
public enum Transpose
{
    /// <summary>The matrix as it is stored.</summary>
    No,

    /// <summary>Rows and columns exchanged; nothing is moved in memory.</summary>
    Yes,
}
