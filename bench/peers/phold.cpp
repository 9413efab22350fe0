// PHOLD as an array loop: N actors with one event each; on an event, 25 % to a uniformly random actor, else to itself,
// after 0.1 + Exp(0.9) s. The virtual end time is E / N s (the mean delay is 1 s); exactly the events up to it run.
#include "loop.hpp"

using namespace loop;

namespace {

struct Actor {
    Stream random;
    std::uint64_t events;
};

Ticks delay(Stream& random) { return Second / 10 + random.exponential(0.9 * static_cast<double>(Second)); }

} // namespace

int main(int count, char** words) {
    Options options(count, words, "phold [--actors N] [--events E] [--seed S]");
    const auto actors = static_cast<std::uint32_t>(options.number("--actors", 1'000, INT32_MAX));
    const std::uint64_t wanted = options.number("--events", 20'000'000);
    const std::uint64_t seed = options.number("--seed", 1);
    options.finish();

    const auto end = static_cast<Ticks>(static_cast<double>(wanted) / actors * static_cast<double>(Second));
    std::vector<Actor> state(actors);
    Heap heap(actors + 1);
    for (std::uint32_t i = 0; i < actors; ++i) {
        state[i] = {Stream::of(seed, i), 0};
        heap.push({delay(state[i].random), i});
    }

    const StopWatch watch;
    while (heap.top().time <= end) {
        const Event event = heap.pop();
        Actor& actor = state[event.entity];
        ++actor.events;
        const std::uint32_t next = actor.random.uniform() < 0.25 ? actor.random.below(actors) : event.entity;
        heap.push({event.time + delay(actor.random), next});
    }
    const double seconds = watch.seconds();

    std::uint64_t events = 0;
    for (const Actor& actor : state) events += actor.events;
    std::printf("{\"peer\":\"cpp-loop\",\"benchmark\":\"phold\",\"actors\":%u,\"events\":%llu,\"seconds\":%.6f,"
                "\"events_per_second\":%.0f}\n",
                actors, static_cast<unsigned long long>(events), seconds, static_cast<double>(events) / seconds);
}
