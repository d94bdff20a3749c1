namespace RnnCourse.Cli.Ledger;

/// <summary>The ledger of claims cannot be made.</summary>
/// <param name="message">Which cell, and what is wrong with it.</param>
internal sealed class LedgerException(string message) : Exception(message);
