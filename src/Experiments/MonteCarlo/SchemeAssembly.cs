using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Actors.Mobility;
using Experiments.Configuration;

namespace Experiments.MonteCarlo;

/// <summary>
/// A user's class library of schemes. It shares the laboratory's own assemblies and brings what else it needs in its folder.
/// </summary>
/// <param name="Path">Rooted.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
public sealed partial record SchemeAssembly(string Path, string Sha256, IReadOnlyList<IHandoverScheme> Schemes)
{
    private const string Rebuild = "Build it again with this laboratory.";

    /// <exception cref="SchemeLibraryException">There is no such file, or it gives no schemes.</exception>
    public static SchemeAssembly Load(string path)
    {
        var bytes = Read(path);
        try
        {
            var assembly = new Context(path).LoadFromStream(new MemoryStream(bytes));
            CheckLaboratory(path, assembly);
            var schemes = HandoverSchemes.In(assembly);
            if (schemes.Count == 0)
                throw new SchemeLibraryException($"{path} holds no scheme. Write a class that implements {nameof(IHandoverScheme)}; see docs/your-own-scheme.md.");
            foreach (var scheme in schemes)
                Check(path, scheme);
            return new SchemeAssembly(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), schemes);
        }
        catch (BadImageFormatException cause)
        {
            throw new SchemeLibraryException($"{path} is no .NET assembly. Name the .dll that dotnet build has made of a class library.", cause);
        }
        catch (InvalidOperationException cause)
        {
            throw new SchemeLibraryException($"{path}: {cause.Message}. Correct it there, and build it again.", cause);
        }
        catch (Exception cause) when (cause is ReflectionTypeLoadException or TypeLoadException or MissingMemberException or FileNotFoundException or FileLoadException)
        {
            var what = (cause as ReflectionTypeLoadException)?.LoaderExceptions.FirstOrDefault() ?? cause;
            throw new SchemeLibraryException($"{path} does not fit this laboratory: {what.Message.ReplaceLineEndings(" ").TrimEnd('.')}. {Rebuild}", cause);
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            var reason = cause is FileNotFoundException or DirectoryNotFoundException ? "does not exist"
                : Directory.Exists(path) ? "is a folder" : "cannot be read";
            throw new SchemeLibraryException($"library {path} {reason}. Build it, and give its path relative to the experiment file.", cause);
        }
    }

    private static void CheckLaboratory(string path, Assembly assembly)
    {
        var ours = typeof(IHandoverScheme).Assembly.GetName();
        var theirs = Array.Find(assembly.GetReferencedAssemblies(), name => name.Name == ours.Name);
        if (theirs is not null && theirs.Version != ours.Version)
            throw new SchemeLibraryException($"{path} was built for version {theirs.Version!.ToString(3)} of the laboratory; this is {ours.Version!.ToString(3)}. {Rebuild}");
    }

    private static void Check(string path, IHandoverScheme scheme)
    {
        var phases = scheme.Phases.Select(phase => phase.Name).ToList();
        var problem = !Name().IsMatch(scheme.Name) ? "its name is not lower case with hyphens"
            : phases.Find(name => !Name().IsMatch(name)) is { } odd ? $"the name of phase '{odd}' is not lower case with hyphens"
            : phases.Distinct().Count() < phases.Count ? "two of its phases have the same name"
            : scheme.TotalPhases.FirstOrDefault(name => !phases.Contains(name)) is { } unknown ? $"its total counts '{unknown}', which is no phase of it"
            : null;
        if (problem is not null)
            throw new InvalidOperationException($"scheme '{scheme.Name}': {problem}");

        // Here rather than in the middle of a run, should it ask for what this laboratory does not have.
        scheme.Delays(new Actors.Mobility.SchemeOptions(scheme.Options));
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex Name();

    /// <summary>What the laboratory has is shared: types of both sides are the same.</summary>
    private sealed class Context(string path) : AssemblyLoadContext(path)
    {
        private readonly AssemblyDependencyResolver _own = new(path);

        protected override Assembly? Load(AssemblyName name)
        {
            try
            {
                return Default.LoadFromAssemblyName(new AssemblyName(name.Name!));
            }
            catch (FileNotFoundException)
            {
                return _own.ResolveAssemblyToPath(name) is { } file ? LoadFromAssemblyPath(file) : null;
            }
        }
    }
}
