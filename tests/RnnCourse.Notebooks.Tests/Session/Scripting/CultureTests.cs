using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

public sealed class CultureTests : SessionTests
{
    [Theory]
    [InlineData("(1.5).ToString(\"C\", new System.Globalization.CultureInfo(\"en-US\"))", "$1.50")]
    [InlineData("(1234.5).ToString(\"N1\", new System.Globalization.CultureInfo(\"de-DE\"))", "1.234,5")]
    [InlineData(
        "new DateTime(2026, 7, 14).ToString(\"dddd d MMMM\", new System.Globalization.CultureInfo(\"fr-FR\"))",
        "mardi 14 juillet"
    )]
    [InlineData("\"I\".ToLower(new System.Globalization.CultureInfo(\"tr-TR\"))", "ı")]
    [InlineData("\"cafe\\u0301\".Normalize()", "caf\u00e9")]
    [InlineData("\"\\ufb01\".Normalize(NormalizationForm.FormKD)", "fi")]
    public async Task A_culture_that_is_named_is_itself_and_normalisation_works(string code, string expected)
    {
        Assert.SkipWhen(InvariantCulture.MissingLibraryNote is not null, "This machine has no ICU.");
        Assert.Equal(expected, await ResultAsync(code));
    }
}
