namespace Experiments.Results;

/// <summary>A results folder that cannot be used as asked; the message is the whole line for the user (exit 2).</summary>
public sealed class ResultsException(string where, string code, string message, Exception? cause = null)
    : Exception($"{where}: {code} {message}", cause)
{
    public string Code { get; } = code;

    internal static ResultsException NotOurs(string folder) => new(folder, "HO5001",
        $"the folder is not empty and holds no {ResultsFolder.StoreName}. Name another --out, or empty it.");

    internal static ResultsException NoResults(string folder) => new(folder, "HO5002",
        $"there are no results here ({ResultsFolder.StoreName} is missing). Name the folder of an earlier run.");

    internal static ResultsException Damaged(string file, string what, Exception? cause = null) => new(file, "HO5003",
        $"the file is damaged ({what}). Restore it, or delete it to compute the results anew.", cause);

    internal static ResultsException Foreign(string file) => new(file, "HO5004",
        "the file is not a store of this program. Name another --out.");

    internal static ResultsException OtherVersion(string file, long found, int known) => new(file, "HO5005",
        $"the store has schema {found}, this version reads {known}. Use the version that wrote it, or another --out.");

    internal static ResultsException InUse(string folder, Exception? cause = null) => new(folder, "HO5006",
        "another run is writing here. Wait for it, or name another --out.", cause);

    internal static ResultsException Unwritable(string path, string why, Exception? cause = null) => new(path, "HO5007",
        $"cannot write here: {why.Trim().TrimEnd('.')}. Free space or rights, or name another --out.", cause);
}
