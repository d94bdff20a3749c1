using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Running;

/// <summary>Tells by the name of an environment variable whether its value may be a secret.</summary>
/// <remarks>
/// A name is secret if it holds one of these words anywhere: token, secret, passw, passphrase, passfile, credential,
/// apikey, privatekey, connectionstring; or one of these as a word of its own, between underscores, dots or dashes:
/// key, keys, pwd, pass, pat, auth, dsn, sas, cookie, signature. <c>PWD</c> and <c>OLDPWD</c> alone are folders. Case
/// does not count.
/// </remarks>
public static partial class SecretName
{
    internal static StringComparer Comparer =>
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Whether a variable of this name may hold a secret.</summary>
    /// <param name="name">The variable's name.</param>
    /// <returns>Whether cells don't get it.</returns>
    public static bool Matches(string name) => name is not ("PWD" or "OLDPWD") && Secret().IsMatch(name);

    [GeneratedRegex(
        "token|secret|passw|passphrase|passfile|credential|api_?key|private_?key|connection_?string|"
            + "(^|[_.-])(keys?|pwd|pass|pat|auth|dsn|sas|cookie|signature)($|[_.-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Secret();
}
