using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Actors.Kernel;

/// <summary>
/// Asks Linux to back the garbage collector's heap with huge pages: with a million nodes a processor spends more on finding
/// where memory lies than on reading it. A hint: where it is not taken, nothing but speed is lost.
/// </summary>
internal static partial class HugePages
{
    private const int AdviseHugePages = 14;

    private const int CollapseToHugePages = 25;

    /// <summary>Give the hint for all that the heap holds now.</summary>
    public static void BackHeap()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            var probe = new object();
            var address = (ulong)Unsafe.As<object, nint>(ref probe);
            foreach (var range in HeapAround(address))
            {
                var (start, length) = ((nint)range.Start, (nuint)(range.End - range.Start));
                if (Advise(start, length, AdviseHugePages) == 0 && range.IsWritable)
                    Advise(start, length, CollapseToHugePages);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // Slower is all that it gets.
        }
    }

    /// <summary>The mapping that holds an address, and those that follow or precede it without a gap: what is reserved for the heap, in use or not.</summary>
    private static List<(ulong Start, ulong End, bool IsWritable)> HeapAround(ulong address)
    {
        List<(ulong Start, ulong End, bool IsWritable)> adjacent = [];
        var holds = false;
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var ends = fields[0].Split('-');
            var range = (Start: Hexadecimal(ends[0]), End: Hexadecimal(ends[1]), IsWritable: fields[1].StartsWith("rw", StringComparison.Ordinal));
            if (fields.Length > 5 || (adjacent.Count > 0 && adjacent[^1].End != range.Start))
            {
                if (holds)
                    break;
                adjacent.Clear();
            }

            // A mapping of a file is none of the heap's.
            if (fields.Length > 5)
                continue;
            adjacent.Add(range);
            holds |= address >= range.Start && address < range.End;
        }

        return holds ? adjacent : [];
    }

    private static ulong Hexadecimal(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
