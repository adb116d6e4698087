using LiveCam.Engine;

namespace LiveCam.Text;

/// <summary>From exceptions and texts of libraries to one sentence for a person.</summary>
internal static class Sentences
{
    /// <summary>LiveCam's own sentence where there is one, the system's where a file is concerned, else what happened and where from.</summary>
    public static string Of(Exception error)
    {
        for (Exception? at = error; at is not null; at = at.InnerException)
            if (at is LiveCamException known)
                return known.Message;
        return error switch
        {
            IOException or UnauthorizedAccessException => $"{OneLine(error.Message).TrimEnd('.')}.",
            OutOfMemoryException => "There is not enough memory for this; a smaller model, batch or picture needs less.",
            _ => $"{error.GetType().Name}: {OneLine(error.Message).TrimEnd('.')}.",
        };
    }

    /// <summary>Whether nobody foresaw the exception: it is worth a report.</summary>
    public static bool IsUnexpected(Exception error)
    {
        for (Exception? at = error; at is not null; at = at.InnerException)
            if (at is LiveCamException) return false;
        return error is not (IOException or UnauthorizedAccessException or OutOfMemoryException);
    }

    /// <summary>Text from libraries and files as one line.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
