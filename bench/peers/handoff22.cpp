// HANDOFF-22 as an array loop. One heap event per message (arrival and processing in one), or with --split one for arrival and
// one for the end of processing.
#include "handoff22.hpp"

using namespace handoff22;

namespace {

template <bool Split>
double run(World& world, Ticks end) {
    const auto count = static_cast<std::uint32_t>(world.mobiles.size());
    Heap heap(count + 1);
    for (std::uint32_t i = 0; i < count; ++i) heap.push({World::dwell(world.mobiles[i]), i});
    const StopWatch watch;
    while (heap.top().time <= end) {
        const Event event = heap.pop();
        const Ticks delay = Split ? world.split(event) : world.merged(event);
        heap.push({event.time + delay, event.entity});
    }
    return watch.seconds();
}

} // namespace

int main(int count, char** words) {
    Options options(count, words, "handoff22 [--mobiles M] [--events E] [--seed S] [--split]");
    const auto mobiles = static_cast<std::uint32_t>(options.number("--mobiles", 1'000, INT32_MAX));
    const std::uint64_t wanted = options.number("--events", 20'000'000);
    const std::uint64_t seed = options.number("--seed", 1);
    const bool split = options.flag("--split");
    options.finish();

    World world(mobiles, seed);
    const Ticks end = endOf(wanted, mobiles);
    const double seconds = split ? run<true>(world, end) : run<false>(world, end);
    return report(world, "cpp-loop", split ? "split" : "merged", seconds);
}
