namespace RnnCourse.Notebooks.Format;

/// <summary>Explains in plain words why a file can't be read or written.</summary>
internal static class FileProblem
{
    public static string Reading(string path, Exception exception)
    {
        if (Directory.Exists(path))
        {
            return $"{path}: This is a folder; give the name of an .ipynb file in it.";
        }

        return exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => $"{path}: There is no such file.",
            UnauthorizedAccessException => $"{path}: You may not read this file; change its permissions.",
            _ => $"{path}: The file can't be read: {exception.Message}",
        };
    }

    public static string Writing(string path, Exception exception)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (Directory.Exists(path))
        {
            return $"{path}: This is a folder; a file of this name can't be written.";
        }

        if (!Directory.Exists(folder))
        {
            return $"{path}: There is no folder {folder}; create it first.";
        }

        return exception switch
        {
            UnauthorizedAccessException =>
                $"{path}: Nothing was written; the folder {folder} or the file is read-only. Change its permissions.",
            _ => $"{path}: Nothing was written: {exception.Message}",
        };
    }
}
