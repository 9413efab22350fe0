using Actors.Mobility;
using Experiments.Calibration;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Tests.Experiments.Cli;

namespace Tests.Experiments.Cluster;

/// <summary>A member makes the coordinator's plan of what it is sent, and of nothing else.</summary>
public sealed class MemberPlanTests
{
    private static readonly SchemeLibrary Schemes = new(HandoverSchemes.All);

    [Fact]
    public void A_member_makes_the_same_plan_of_the_text()
    {
        var plan = Read("schemes = [fmipv6, { name = ipsec-fmipv6, as = mine }]\nsweep { H = \"0 ms..40 ms step 20 ms\" }\ndelays.home = \"$H\"");
        var (own, reason) = Make(plan.Resolved, [], MemberPlan.Fingerprint(plan));
        Assert.Null(reason);
        Assert.Equal(plan.Cells.Select(cell => cell.Key), own!.Cells.Select(cell => cell.Key));
    }

    [Fact]
    public void Files_that_it_names_travel_with_it()
    {
        using var work = new Workspace();
        var table = Path.Combine(Path.GetDirectoryName(work.File)!, "costs.json");
        CalibrationFile.Write(table, CalibrationFile.Reference);
        var plan = Read($"schemes = [ipsec-fmipv6]\ncrypto {{ cost = calibrated, table = \"{table}\" }}");
        var files = MemberPlan.FilesOf(plan);
        Assert.Equal(table, Assert.Single(files).Path);
        File.Delete(table);
        Assert.NotNull(Make(plan.Resolved, files, MemberPlan.Fingerprint(plan)).Plan);
        Assert.Null(Make(plan.Resolved, [files[0] with { Base64 = Convert.ToBase64String("{}"u8) }], MemberPlan.Fingerprint(plan)).Plan);
    }

    [Fact]
    public void Another_plan_is_declined()
    {
        var plan = Read("schemes = [fmipv6]");
        var (own, reason) = Make(plan.Resolved, [], MemberPlan.Fingerprint(Read("schemes = [famipv6]")));
        Assert.Null(own);
        Assert.StartsWith("it makes another plan of the same file", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_library_is_not_loaded_because_a_message_names_it()
    {
        var (plan, reason) = Make("experiment { name = x, seed = 1 }\nschemes = [\"/nowhere/Evil.dll\"]", [], "");
        Assert.Null(plan);
        Assert.EndsWith("Start it with handover node --library Evil.dll.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_is_included()
    {
        var (plan, reason) = Make("experiment { name = x, seed = 1 }\n  include \"../../etc/passwd\"\nschemes = [fmipv6]", [], "");
        Assert.Null(plan);
        Assert.Contains("includes", reason, StringComparison.Ordinal);
    }

    private static (ExperimentPlan? Plan, string? Reason) Make(string experiment, IReadOnlyList<AttachedFile> files, string fingerprint)
    {
        var folder = Directory.CreateTempSubdirectory("handover-member-");
        try
        {
            return MemberPlan.Read(experiment, files, fingerprint, Schemes, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ExperimentPlan Read(string experiment)
    {
        using var work = new Workspace(experiment);
        var read = ExperimentReader.Read(work.File, ReaderOptions.None, Schemes);
        Assert.True(read.Plan is not null, string.Join('\n', read.Diagnostics));
        return read.Plan!;
    }
}
