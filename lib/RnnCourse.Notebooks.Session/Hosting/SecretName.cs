using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>Decides by the name of an environment variable whether its value may be a secret.</summary>
/// <remarks>
/// A name is secret if it contains one of these words anywhere: token, secret, passw, passphrase, passfile, credential,
/// apikey, privatekey, connectionstring, webhook, sessionid; or one of these as a separate word, between underscores,
/// dots or dashes: key, keys, pwd, pass, pat, auth, dsn, sas, cookie, signature, jwt, otp, pin, sk. The names
/// <c>PWD</c> and <c>OLDPWD</c> are exceptions, since they contain folders. Case is ignored.
/// </remarks>
public static partial class SecretName
{
    /// <summary>Whether a variable of this name may contain a secret.</summary>
    /// <param name="name">The variable's name.</param>
    /// <returns>Whether its value must not appear in an output.</returns>
    public static bool Matches(string name) => name is not ("PWD" or "OLDPWD") && Secret().IsMatch(name);

    [GeneratedRegex(
        "token|secret|passw|passphrase|passfile|credential|api_?key|private_?key|connection_?string|webhook|"
            + "session_?id|(^|[_.-])(keys?|pwd|pass|pat|auth|dsn|sas|cookie|signature|jwt|otp|pin|sk)($|[_.-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Secret();
}
