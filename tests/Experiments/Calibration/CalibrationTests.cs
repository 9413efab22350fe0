using System.Text.Json;
using Actors.Security;
using Actors.Security.Profiles;
using Experiments.Calibration;
using Tests.Experiments.Cli;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Calibration;

public sealed class CalibrationTests
{
    private static readonly CalibrationTable Table = new(
        "a library", "a processor", "a system", ".NET", 31,
        CalibrationTable.OperationNames.Select((name, index) => (name, index))
            .ToDictionary(pair => pair.name, pair => new OperationTiming(10 + pair.index, 9.5 + pair.index, 20.125 + pair.index)));

    public static TheoryData<string, string, string> Broken => new()
    {
        { "\"rounds\": 31", "\"rounds\": 3", "'rounds' must be a whole number of at least 5." },
        { "\"rounds\": 31", "\"rounds\": \"31\"", "'rounds' must be a whole number of at least 5." },
        { "handover-crypto-costs-1", "handover-crypto-costs-9", "the format is 'handover-crypto-costs-9', not 'handover-crypto-costs-1'." },
        { "\"us\"", "\"ms\"", "the unit is 'ms', not 'us'." },
        { "\"unit\": \"us\"", "\"unit\": 5", "'unit' must be a text." },
        { "\"provider\"", "\"supplier\"", "the file has an unknown key 'supplier'." },
        { "\"dotnet\": \".NET\",", "", "the file lacks 'dotnet'." },
        { "\"ed25519-sign\"", "\"ed25519-sing\"", "'operations' has an unknown key 'ed25519-sing'." },
        { "\"median\": 10,", "\"median\": -1,", "'median' of 'aes-gcm-128-protect-1500' must be a number of microseconds above 0 and below a day." },
        { "\"median\": 10,", "\"median\": 1e20,", "'median' of 'aes-gcm-128-protect-1500' must be a number of microseconds above 0 and below a day." },
        { "\"median\": 10,", "\"median\": 40,", "the median of 'aes-gcm-128-protect-1500' is not between its quartiles." },
        { "\"median\": 10,", "\"mean\": 10,", "'aes-gcm-128-protect-1500' has an unknown key 'mean'." },
        { "\"rounds\": 31", "\"rounds\": 31, \"rounds\": 31", "no JSON" },
        { "{", "", "no JSON" },
    };

    [Fact]
    public void A_table_is_read_as_it_was_written()
    {
        using var file = new TemporaryFile();
        CalibrationFile.Write(file.Path, Table);
        Assert.True(CalibrationFile.TryRead(file.Path, out var table, out _));
        Assert.Equal(CalibrationFile.Text(Table), CalibrationFile.Text(table));
        Assert.Equal(Table.Operations, table.Operations);
        Assert.Equal([file.Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(file.Path)!));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_with_a_file_is_one_line_that_names_it(string original, string broken, string message)
    {
        using var file = new TemporaryFile();
        var text = CalibrationFile.Text(Table);
        var at = text.IndexOf(original, StringComparison.Ordinal);
        File.WriteAllText(file.Path, text.Remove(at, original.Length).Insert(at, broken));
        Assert.False(CalibrationFile.TryRead(file.Path, out _, out var problem));
        Assert.StartsWith(file.Path + ":", problem, StringComparison.Ordinal);
        Assert.Contains(message, problem, StringComparison.Ordinal);
        Assert.EndsWith("Write the file with 'handover calibrate --out FILE'.", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_line()
    {
        Assert.False(CalibrationFile.TryRead("nowhere/costs.json", out _, out var problem));
        Assert.StartsWith("nowhere/costs.json: Could not find", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_that_comes_with_the_product_is_whole()
    {
        var path = Path.Combine(Files.Root, "hocon", "crypto", "reference.json");
        Assert.True(CalibrationFile.TryRead(path, out var table, out var problem), problem);
        Assert.All(CryptoProfile.All, profile => Assert.True(table.Medians(path).Costs(profile)[CryptoOperation.RsaVerify] > TimeSpan.Zero));
    }

    [Fact]
    public void Nodes_are_charged_medians_to_the_tick()
    {
        var costs = Table.Medians("table").Costs(CryptoProfile.Find("ed25519")!);
        var expected = Table.Operations["ed25519-sign"].MedianUs;
        Assert.Equal(TimeSpan.FromMicroseconds(expected), costs[CryptoOperation.RsaSign]);
        Assert.Equal(TimeSpan.FromMicroseconds(10), costs[CryptoOperation.ProtectPacket]);
    }

    [Fact]
    public void Quantiles_are_elements_of_nearest_rank()
    {
        Assert.Equal(new OperationTiming(3, 2, 4), OperationTiming.Of([5, 1, 4, 2, 3]));
        Assert.Equal(new OperationTiming(7, 7, 7), OperationTiming.Of([7]));
    }

    [Fact]
    public void A_longer_computation_measures_longer()
    {
        byte[] few = new byte[1_000], many = new byte[1_000_000];
        var little = Time(few);
        var much = Time(many);
        Assert.True(much.LowerQuartileUs > 10 * little.UpperQuartileUs, $"{little} {much}");

        static OperationTiming Time(byte[] data) => global::Experiments.Calibration.Calibration.Time(
            () => System.Security.Cryptography.SHA256.HashData(data), 9, TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public void Calibrate_measures_every_computation_writes_the_table_and_tells_where()
    {
        using var file = new TemporaryFile();
        var calibrate = Handover.Run("calibrate", "--rounds", "5", "--json", "--out", file.Path);
        Assert.Equal(0, calibrate.ExitCode);
        Assert.Equal(File.ReadAllText(file.Path), calibrate.Output);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(calibrate.Output).RootElement.ValueKind);
        Assert.StartsWith("calibrate 0/", calibrate.ErrorLines[0], StringComparison.Ordinal);
        Assert.True(CalibrationFile.TryRead(file.Path, out var table, out var problem), problem);
        Assert.Equal(5, table.Rounds);
        Assert.Contains("BouncyCastle 2.", table.Provider, StringComparison.Ordinal);
        Assert.True(table.Operations["rsa-3072-sign"].MedianUs > table.Operations["rsa-3072-verify"].MedianUs);
    }

    private sealed class TemporaryFile : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handover-costs-");

        public string Path => System.IO.Path.Combine(_folder.FullName, "costs.json");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
