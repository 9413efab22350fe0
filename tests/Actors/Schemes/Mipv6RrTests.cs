using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.Mipv6Rr;
using Topology.Addressing;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Return routability: what the correspondent believes, and what it does not.</summary>
public class Mipv6RrTests
{
    [Fact]
    public void The_correspondent_knows_the_new_address_after_each_handover()
    {
        var network = InPaper("mipv6-rr");
        foreach (var router in new[] { "nar", "par", "par", "nar" })
        {
            Assert.Equal("basic", network.HandOver("mn", router).Outcome.Name);
            Assert.Equal(Address.On(Paper.Find(router)!.Value, Paper.Find("mn")!.Value), BoundAtCorrespondent(network));
        }
    }

    [Theory]
    [InlineData("CoTI")]
    [InlineData("HoTI in tunnel")]
    [InlineData("HoT")]
    [InlineData("BU to CN")]
    public void Without_its_tests_or_update_the_correspondent_learns_nothing_and_packets_go_by_way_of_home(string lost)
    {
        var network = InPaper("mipv6-rr");
        network.Fate = packet => packet.Message.Name == lost ? [] : [packet];
        var (outcome, _) = network.HandOver("mn", "nar");
        Assert.Equal("tunnelled", outcome.Name);
        Assert.NotNull(network.Machine<HomeAgent>("ha").Bindings.Find(Home, network.Now));
        Assert.Null(BoundAtCorrespondent(network));
    }

    [Fact]
    public void Without_the_home_agents_answer_the_handover_fails_and_nothing_stays_open()
    {
        var network = InPaper("mipv6-rr");
        network.Fate = packet => packet.Message is BindingAcknowledgement ? [] : [packet];
        var (outcome, _) = network.HandOver("mn", "nar");
        Assert.Equal(("failed", "BU unanswered"), (outcome.Name, outcome.Reason));
        Assert.Equal(0, network.PendingTimers);
    }

    [Theory]
    [InlineData("home address")]
    [InlineData("source")]
    [InlineData("sequence")]
    [InlineData("lifetime")]
    [InlineData("home nonce index")]
    [InlineData("care-of nonce index")]
    [InlineData("authorization")]
    public void An_update_that_was_altered_in_any_part_is_not_believed(string part)
    {
        var network = InPaper("mipv6-rr");
        network.Wait(TimeSpan.FromSeconds(100));
        var other = Address.On(Paper.Find("par")!.Value, Paper.Find("mn")!.Value);
        network.Fate = packet => packet.Message is not CorrespondentUpdate update ? [packet] : part switch
        {
            "home address" => [Altered(packet, update with { HomeAddress = other })],
            "source" => [new Packet(other, packet.Destination, update, packet.Handover)],
            "sequence" => [Altered(packet, update with { Sequence = 9 })],
            "lifetime" => [Altered(packet, update with { LifetimeUnits = 1 })],
            "home nonce index" => [Altered(packet, update with { HomeNonceIndex = (ushort)(update.HomeNonceIndex - 1) })],
            "care-of nonce index" => [Altered(packet, update with { CareOfNonceIndex = (ushort)(update.CareOfNonceIndex - 1) })],
            _ => [Altered(packet, update with { Authorization = default })],
        };
        Assert.Equal("tunnelled", network.HandOver("mn", "nar").Outcome.Name);
        Assert.Equal(0, network.Machine<CorrespondentNode>("cn").Bindings.Count);
    }

    [Fact]
    public void Tokens_of_one_address_or_kind_or_correspondent_are_of_no_use_for_another()
    {
        var home = Home;
        var (secret, other) = (new CorrespondentSecret(1), new CorrespondentSecret(2));
        Assert.Equal(secret.HomeToken(home, 3), secret.HomeToken(home, 3));
        Assert.Distinct(
        [
            secret.HomeToken(home, 3), secret.CareOfToken(home, 3), secret.HomeToken(home, 4), other.HomeToken(home, 3),
            secret.HomeToken(home with { InterfaceId = home.InterfaceId + 1 }, 3),
        ]);
    }

    [Fact]
    public void Nonces_that_the_correspondent_has_dropped_make_the_node_test_again()
    {
        var network = InPaper("mipv6-rr");
        var delayed = false;
        network.Fate = packet =>
        {
            if (packet.Message is CorrespondentUpdate && !delayed)
            {
                delayed = true;
                network.Wait(TimeSpan.FromSeconds(300));
            }

            return [packet];
        };
        Assert.Equal("basic", network.HandOver("mn", "nar").Outcome.Name);
        Assert.Equal(2, network.Sent.Count(sent => sent == "mn>cn CoTI"));
        Assert.NotNull(BoundAtCorrespondent(network));
        Assert.Equal(0, network.PendingTimers);
    }

    [Fact]
    public void The_home_agent_passes_on_what_comes_through_the_tunnel_of_a_registered_address_only()
    {
        var network = InPaper("mipv6-rr");
        network.Fate = packet => packet.Message is BindingUpdate ? [] : [packet];
        Assert.True(network.HandOver("mn", "nar").Outcome.IsFailure);
        Assert.Contains("mn>ha HoTI in tunnel", network.Sent);
        Assert.DoesNotContain("ha>cn HoTI", network.Sent);
    }

    [Fact]
    public void The_mean_total_takes_the_slower_of_both_tests()
    {
        var scheme = Scheme("mipv6-rr");
        double Mean(double home) => scheme.Delays(new SchemeOptions(scheme.Options)).Total.Under(new DelayParameters(
            Ms(4), Ms(2), Ms(2), Ms(3), Ms(5), Ms(0.5), Ms(8), Ms(40), Ms(8), new UniformDelay(TimeSpan.Zero, Ms(2 * home)))).MeanMs;

        // 10 + max(17 + 2c, 20): the tests' ways are equal at c = 1.5.
        Assert.Equal(30, Mean(0.75), 3);
        Assert.Equal(27 + 2 * 20 + 1.125 / 20, Mean(20), 3);
        Assert.Equal(27 + 2 * 100 + 1.125 / 100, Mean(100), 3);
    }

    private static Address Home => Address.On(Paper.Find("ha")!.Value, Paper.Find("mn")!.Value);

    private static Address? BoundAtCorrespondent(ProtocolNetwork network) =>
        network.Machine<CorrespondentNode>("cn").Bindings.Find(Home, network.Now)?.CareOfAddress;

    private static Packet Altered(Packet packet, Message message) => new(packet.Source, packet.Destination, message, packet.Handover);
}
