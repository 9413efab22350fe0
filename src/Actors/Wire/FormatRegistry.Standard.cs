using Actors.Wire.Icmpv6;
using Actors.Wire.MobilityHeaders;

namespace Actors.Wire;

/// <summary>The messages and options that this room itself knows.</summary>
public sealed partial class FormatRegistry
{
    public static FormatRegistry Standard { get; } = Empty
        .WithNeighborDiscovery<RouterSolicitationHeader>("RS")
        .WithNeighborDiscovery<RouterAdvertisementHeader>("RA")
        .WithNeighborDiscovery<NeighborSolicitationHeader>("NS")
        .WithNeighborDiscovery<NeighborAdvertisementHeader>("NA")
        .WithNeighborDiscovery<ProxyRouterSolicitationHeader>("RtSolPr")
        .WithNeighborDiscovery<ProxyRouterAdvertisementHeader>("PrRtAdv")
        .WithNeighborDiscoveryOption<SourceLinkLayerAddressOption>()
        .WithNeighborDiscoveryOption<TargetLinkLayerAddressOption>()
        .WithNeighborDiscoveryOption<PrefixInformationOption>()
        .WithNeighborDiscoveryOption<MtuOption>()
        .WithNeighborDiscoveryOption<AddressPrefixOption>()
        .WithNeighborDiscoveryOption<LinkLayerAddressOption>()
        .WithNeighborDiscoveryOption<NeighborAdvertisementAcknowledgmentOption>()
        .WithNeighborDiscoveryOption<AnchorPointOption>()
        .WithNeighborDiscoveryOption<Ikev2ChainOption>()
        .WithMobility<BindingRefreshRequestHeader>("BRR")
        .WithMobility<HomeTestInitHeader>("HoTI")
        .WithMobility<CareOfTestInitHeader>("CoTI")
        .WithMobility<HomeTestHeader>("HoT")
        .WithMobility<CareOfTestHeader>("CoT")
        .WithMobility<BindingUpdateHeader>("BU")
        .WithMobility<BindingAcknowledgementHeader>("BA")
        .WithMobility<BindingErrorHeader>("BE")
        .WithMobility<FastBindingUpdateHeader>("FBU")
        .WithMobility<FastBindingAcknowledgmentHeader>("FBack")
        .WithMobility<HandoverInitiateHeader>("HI")
        .WithMobility<HandoverAcknowledgeHeader>("HAck")
        .WithMobilityOption<BindingRefreshAdviceOption>()
        .WithMobilityOption<AlternateCareOfAddressOption>()
        .WithMobilityOption<NonceIndicesOption>()
        .WithMobilityOption<BindingAuthorizationDataOption>()
        .WithMobilityOption<MobilityLinkLayerAddressOption>()
        .WithMobilityOption<MobileNodeIdentifierOption>()
        .WithMobilityOption<Ikev2FragmentOption>()
        .WithMobilityOption<FastBindingAuthorizationDataOption>()
        .WithMobilityOption<HomeNetworkPrefixOption>()
        .WithMobilityOption<HandoffIndicatorOption>()
        .WithMobilityOption<AccessTechnologyTypeOption>()
        .WithMobilityOption<MobileNodeLinkLayerIdentifierOption>()
        .WithMobilityOption<TimestampOption>()
        .WithMobilityOption<MobilityAddressOption>()
        .WithMobilityOption<AnchorAddressOption>();
}
