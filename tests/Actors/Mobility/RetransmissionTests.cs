using Actors.Mobility;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Mobility;

/// <summary>How long a request waits, by what it is.</summary>
public sealed class RetransmissionTests
{
    [Theory]
    [InlineData("fmipv6", "FBU", 100, new[] { 0.1, 0.2, 0.4 })]
    [InlineData("fmipv6", "RtSolPr", 100, new[] { 1 / 3.0, 2 / 3.0, 4 / 3.0 })]
    [InlineData("fmipv6", "BU", 100, new[] { 1.0, 2, 4 })]
    [InlineData("mipv6", "RS", 100, new[] { 0.1, 0.2, 0.4 })]
    [InlineData("mipv6", "RS", 20_000, new[] { 20.0, 32, 32 })]
    [InlineData("mipv6", "BU", 40_000, new[] { 40.0, 40, 40 })]
    public void A_request_is_sent_again_in_the_rhythm_of_its_RFC(string scheme, string request, double retransmissionMs, double[] seconds)
    {
        var options = new SchemeOptions(
            Scheme(scheme).Options, new Dictionary<string, object> { [RetransmissionOption.Name] = Ms(retransmissionMs) });
        var network = new ProtocolNetwork(Paper, Scheme(scheme), Costs, options);
        var sent = new List<double>();
        network.Fate = packet =>
        {
            if (packet.Message.Name != request)
                return [packet];
            sent.Add(network.Now.Milliseconds / 1000);
            return [];
        };
        Assert.Equal(request + " unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.Equal(seconds.Length, sent.Count - 1);
        foreach (var (expected, wait) in seconds.Zip(sent.Skip(1).Zip(sent, (later, earlier) => later - earlier)))
            Assert.Equal(expected, wait, 1e-6);
    }
}
