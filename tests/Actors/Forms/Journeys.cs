using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Tests.Actors.Schemes;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Forms;

/// <summary>Handovers of every scheme and choice of options, with and without data, and with links that fail too early.</summary>
internal static class Journeys
{
    /// <summary>By scheme, how long before the trigger the old link fails: what is left are the fallbacks.</summary>
    private static readonly string[] Early = ["", " anticipation=1", " anticipation=12", " anticipation=30", " anticipation=36"];

    public static TheoryData<string> All => [.. Cases.SelectMany(text => Early.Select(early => text + early))];

    public static IEnumerable<string> Cases =>
        ((IEnumerable<object[]>)SchemeCase.All).Select(row => (string)row[0]);

    public static Scenario Scenario(string journey, Traffic? traffic = null)
    {
        var words = journey.Split(' ');
        var anticipation = words.SingleOrDefault(word => word.StartsWith("anticipation=", StringComparison.Ordinal));
        var (scheme, options) = SchemeCase.Parse(string.Join(' ', words.Where(word => word != anticipation)));
        return new Scenario(Paper, scheme, options, Costs, new SingleHandover(Paper.Find("nar")!.Value, Ms(50)))
        {
            Traffic = traffic,
            Delays = anticipation is null
                ? MovementDelays.None
                : new MovementDelays
                {
                    Anticipation = new ConstantDelay(Ms(double.Parse(anticipation.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))),
                    LinkSwitch = new ConstantDelay(Ms(20)),
                },
        };
    }
}
