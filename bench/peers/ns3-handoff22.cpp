// HANDOFF-22 on ns-3's bare scheduler: no nodes, devices or packets, only Simulator::Schedule, in ns-3's default MapScheduler or
// with --heap in its HeapScheduler. Two events per message, as ns-3 would have: arrival and the end of processing.
#include "handoff22.hpp"

#include <ns3/core-module.h>

using namespace handoff22;

namespace {

World* world;

// Ticks of 100 ns, as ns-3's default resolution of 1 ns counts them.
ns3::Time time(Ticks ticks) { return ns3::NanoSeconds(100 * ticks); }

void fire(std::uint32_t entity) {
    const Ticks now = ns3::Simulator::Now().GetNanoSeconds() / 100;
    ns3::Simulator::Schedule(time(world->split({now, entity})), &fire, entity);
}

} // namespace

int main(int count, char** words) {
    Options options(count, words, "ns3-handoff22 [--mobiles M] [--events E] [--seed S] [--heap]");
    const auto mobiles = static_cast<std::uint32_t>(options.number("--mobiles", 1'000, INT32_MAX));
    const std::uint64_t wanted = options.number("--events", 20'000'000);
    const std::uint64_t seed = options.number("--seed", 1);
    const bool heap = options.flag("--heap");
    options.finish();

    World all(mobiles, seed);
    world = &all;
    if (heap) ns3::Simulator::SetScheduler(ns3::ObjectFactory("ns3::HeapScheduler"));
    for (std::uint32_t i = 0; i < mobiles; ++i) ns3::Simulator::Schedule(time(World::dwell(all.mobiles[i])), &fire, i);
    ns3::Simulator::Stop(time(endOf(wanted, mobiles) + 1));
    const StopWatch watch;
    ns3::Simulator::Run();
    const double seconds = watch.seconds();
    ns3::Simulator::Destroy();
    return report(all, heap ? "ns-3-heap" : "ns-3", "split", seconds);
}
