using System.Text;

namespace Experiments.Results;

/// <summary>
/// A results folder held by one writer. Every file is written under a temporary name and renamed, so a reader meets the old
/// bytes or the new, never a part.
/// </summary>
public sealed class ResultsFolder : IDisposable
{
    public const string StoreName = "results.sqlite";
    private const string LockName = ".results.lock";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly FileStream _lock;

    private ResultsFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    public string StorePath => System.IO.Path.Combine(Path, StoreName);

    /// <summary>Makes the folder if need be and takes it for writing.</summary>
    /// <param name="mark">A file by which a folder that is not empty is known for a results folder.</param>
    /// <exception cref="ResultsException">It holds something else, is being written by another run, or cannot be written.</exception>
    public static ResultsFolder Open(string path, string mark = StoreName)
    {
        if (File.Exists(path))
            throw ResultsException.Unwritable(path, "a file has this name");
        return Writing(path, () =>
        {
            Directory.CreateDirectory(path);
            if (!File.Exists(System.IO.Path.Combine(path, mark))
                && Directory.EnumerateFileSystemEntries(path).Any(entry => System.IO.Path.GetFileName(entry) != LockName))
                throw ResultsException.NotOurs(path);
            return new ResultsFolder(path, TakeLock(path));
        });
    }

    /// <summary>Replaces a file of the folder; <paramref name="name"/> may hold subfolders, which are made.</summary>
    /// <exception cref="ResultsException">It cannot be written.</exception>
    public void Write(string name, Action<Stream> write)
    {
        var target = System.IO.Path.Combine(Path, name);
        Writing(target, () =>
        {
            var directory = System.IO.Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(directory);
            var temporary = System.IO.Path.Combine(directory, $".{System.IO.Path.GetFileName(target)}.tmp");
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            return true;
        });
    }

    /// <summary>UTF-8 without byte order mark.</summary>
    public void Write(string name, string text) => Write(name, stream => stream.Write(Utf8.GetBytes(text)));

    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(string path)
    {
        var file = System.IO.Path.Combine(path, LockName);
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException busy) when (File.Exists(file))
        {
            throw ResultsException.InUse(path, busy);
        }
    }

    private static T Writing<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ResultsException.Unwritable(path, error.Message, error);
        }
    }
}
