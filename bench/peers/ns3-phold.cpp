// PHOLD on ns-3's bare scheduler (MapScheduler): no nodes, only Simulator::Schedule.
#include "loop.hpp"

#include <ns3/core-module.h>

using namespace loop;

namespace {

struct Actor {
    Stream random;
    std::uint64_t events;
};

std::vector<Actor> actors;

ns3::Time delay(Stream& random) { return ns3::NanoSeconds(100 * (Second / 10 + random.exponential(0.9 * static_cast<double>(Second)))); }

void fire(std::uint32_t entity) {
    Actor& actor = actors[entity];
    ++actor.events;
    const auto count = static_cast<std::uint32_t>(actors.size());
    const std::uint32_t next = actor.random.uniform() < 0.25 ? actor.random.below(count) : entity;
    ns3::Simulator::Schedule(delay(actor.random), &fire, next);
}

} // namespace

int main(int count, char** words) {
    Options options(count, words, "ns3-phold [--actors N] [--events E] [--seed S]");
    const auto size = static_cast<std::uint32_t>(options.number("--actors", 1'000, INT32_MAX));
    const std::uint64_t wanted = options.number("--events", 20'000'000);
    const std::uint64_t seed = options.number("--seed", 1);
    options.finish();

    actors.resize(size);
    for (std::uint32_t i = 0; i < size; ++i) {
        actors[i] = {Stream::of(seed, i), 0};
        ns3::Simulator::Schedule(delay(actors[i].random), &fire, i);
    }
    ns3::Simulator::Stop(ns3::NanoSeconds(static_cast<std::int64_t>(1e9 * static_cast<double>(wanted) / size) + 1));
    const StopWatch watch;
    ns3::Simulator::Run();
    const double seconds = watch.seconds();
    ns3::Simulator::Destroy();

    std::uint64_t events = 0;
    for (const Actor& actor : actors) events += actor.events;
    std::printf("{\"peer\":\"ns-3\",\"benchmark\":\"phold\",\"actors\":%u,\"events\":%llu,\"seconds\":%.6f,\"events_per_second\":%.0f}\n",
                size, static_cast<unsigned long long>(events), seconds, static_cast<double>(events) / seconds);
}
