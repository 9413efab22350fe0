using Experiments.Results;

namespace Tests.Experiments.Results;

public class ResultsFolderTests
{
    [Fact]
    public void A_folder_with_other_files_is_refused_and_left_alone()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.Path);
        File.WriteAllText(Path.Combine(temporary.Path, "thesis.tex"), "years of work");
        var refusal = Assert.Throws<ResultsException>(() => ResultsFolder.Open(temporary.Path));
        Assert.Equal($"{temporary.Path}: HO5001 the folder is not empty and holds no results.sqlite. Name another --out, or empty it.", refusal.Message);
        Assert.Single(Directory.GetFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void An_empty_folder_and_the_remains_of_a_killed_run_are_taken()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.Path);
        ResultsFolder.Open(temporary.Path).Dispose();
        File.WriteAllText(Path.Combine(temporary.Path, ".results.lock"), "");
        using var folder = ResultsFolder.Open(temporary.Path);
        using var store = ResultStore.Open(folder);
        Assert.Empty(store.Cells);
    }

    [Fact]
    public void Two_runs_cannot_write_to_one_folder()
    {
        using var temporary = new TemporaryFolder();
        using (var first = ResultsFolder.Open(temporary.Path))
            Assert.Equal("HO5006", Assert.Throws<ResultsException>(() => ResultsFolder.Open(temporary.Path)).Code);
        using var second = ResultsFolder.Open(temporary.Path);
        Assert.Equal(temporary.Path, second.Path);
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_refused()
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllText(temporary.Path, "");
        Assert.Equal("HO5007", Assert.Throws<ResultsException>(() => ResultsFolder.Open(temporary.Path)).Code);
    }

    [Fact]
    public void A_file_that_fails_half_way_leaves_the_old_one()
    {
        using var temporary = new TemporaryFolder();
        using var folder = ResultsFolder.Open(temporary.Path);
        folder.Write("plots/fig3.csv", "old\n");
        Assert.Equal("HO5007", Assert.Throws<ResultsException>(() => folder.Write("plots/fig3.csv", stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device");
        })).Code);
        Assert.Equal("old\n", File.ReadAllText(Path.Combine(temporary.Path, "plots", "fig3.csv")));
        folder.Write("plots/fig3.csv", "new\n");
        Assert.Equal(["fig3.csv"], Directory.GetFiles(Path.Combine(temporary.Path, "plots")).Select(Path.GetFileName));
        Assert.Equal("new\n"u8.ToArray(), File.ReadAllBytes(Path.Combine(temporary.Path, "plots", "fig3.csv")));
    }
}
