using Experiments.Plans;

namespace Experiments.Cli;

/// <summary>`record { trace = first, trace-sample = 1 %, pcapng = on }`: the first replication of each scheme of a study, in the results folder.</summary>
internal static class RecordedTraces
{
    private static readonly (string Extension, string Format)[] Forms = [("txt", "text"), ("svg", "svg"), ("mmd", "mermaid"), ("jsonl", "jsonl")];

    /// <exception cref="UsageException">A file cannot be written.</exception>
    public static void Write(Laboratory laboratory, ExperimentPlan plan, string folder)
    {
        foreach (var study in plan.Studies.Where(study => study.RecordCaptures || study.TracedShare > 0))
        {
            foreach (var cell in study.Cells.Where(cell => cell.Engine == Engine.Simulation).DistinctBy(cell => cell.Scheme.Label))
            {
                var path = Path.Combine(folder, CaptureFiles.NameOf(cell, 0));
                if (study.RecordCaptures)
                    CaptureFiles.Write(path, TracedRun.WithCapture(laboratory, plan, cell, 0), null);
                if (study.TracedShare == 0)
                    continue;
                var traced = TracedRun.WithSteps(laboratory, plan, cell, 0, study.TracedShare);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);

                // A chart of a sample would have a column for every node that any of its mobile nodes has met.
                foreach (var (extension, format) in Forms.Where(form => study.TracedShare == 1 || form.Format is "text" or "jsonl"))
                    File.WriteAllText(Path.ChangeExtension(path, extension), TraceText.Of(traced.Title, traced.Steps, format));
            }
        }
    }
}
