using System.Globalization;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>The culture that code runs in unless it names one: the same numbers and dates on each machine.</summary>
public static class InvariantCulture
{
    /// <summary>Makes the invariant culture that of this thread and of all threads to come, for texts of programs
    /// too.</summary>
    public static void BecomeDefault()
    {
        var invariant = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = invariant;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = invariant;
    }

    /// <summary>What to tell where the system's library for cultures (ICU) is missing; null where it is
    /// there.</summary>
    public static string? MissingLibraryNote =>
        CultureInfo.GetCultureInfo("en-US").NumberFormat.CurrencySymbol == "$"
            ? null
            : "This .NET runs without ICU, so cultures that a cell names act as the invariant one, and Normalize() "
                + "leaves texts as they are. Install the system's ICU library (libicu), and unset "
                + "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.";
}
