// What both peers share: the generator, the event queue, the options and the clock.
// A peer is the least that can run a benchmark: state in flat arrays, a 4-ary implicit heap, one thread, one loop.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace loop {

using Ticks = std::int64_t; // 100 ns

constexpr Ticks Millisecond = 10'000;
constexpr Ticks Second = 1'000 * Millisecond;

inline std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

// SplitMix64, one stream per entity, so that the draws do not depend on the order of events of other entities.
struct Stream {
    std::uint64_t state;

    static Stream of(std::uint64_t seed, std::uint64_t entity) { return {mix(mix(seed) ^ (entity + 1))}; }

    std::uint64_t bits() { return mix(state += 0x9E3779B97F4A7C15u); }

    // Uniform on [0, 1), 53 bits.
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

    // Uniform on 0 .. bound - 1 (multiply and shift; the bias is below 2^-32 x bound).
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((bits() >> 32) * bound) >> 32); }

    // Exponential with the given mean in ticks; the argument of the logarithm is never 0.
    Ticks exponential(double mean) {
        const double open = (static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52;
        return std::llround(-std::log(open) * mean);
    }
};

// The order (time, entity) is total where an entity has one pending event, and equal events of PHOLD are interchangeable.
struct Event {
    Ticks time;
    std::uint32_t entity;

    bool before(const Event& other) const {
        return time < other.time || (time == other.time && entity < other.entity);
    }
};

// A 4-ary implicit min-heap; push and pop as a general engine calls them, without merging the two.
class Heap {
public:
    explicit Heap(std::size_t capacity) { events_.reserve(capacity); }

    const Event& top() const { return events_.front(); }

    void push(Event event) {
        std::size_t hole = events_.size();
        events_.push_back(event);
        while (hole > 0) {
            const std::size_t parent = (hole - 1) / 4;
            if (!event.before(events_[parent])) break;
            events_[hole] = events_[parent];
            hole = parent;
        }
        events_[hole] = event;
    }

    Event pop() {
        const Event first = events_.front();
        const Event last = events_.back();
        events_.pop_back();
        const std::size_t size = events_.size();
        if (size == 0) return first;
        std::size_t hole = 0;
        for (;;) {
            const std::size_t child = 4 * hole + 1;
            if (child >= size) break;
            const std::size_t end = child + 4 < size ? child + 4 : size;
            std::size_t least = child;
            for (std::size_t i = child + 1; i < end; ++i)
                if (events_[i].before(events_[least])) least = i;
            if (!events_[least].before(last)) break;
            events_[hole] = events_[least];
            hole = least;
        }
        events_[hole] = last;
        return first;
    }

private:
    std::vector<Event> events_;
};

// Options are `--name value` with a whole number from 1 to a greatest one, or a flag.
class Options {
public:
    Options(int count, char** words, const char* usage) : count_(count), words_(words), usage_(usage) {}

    std::uint64_t number(const char* name, std::uint64_t standard, std::uint64_t greatest = INT64_MAX) {
        for (int i = 1; i < count_; ++i) {
            if (std::strcmp(words_[i], name) != 0) continue;
            seen_ += 2;
            char* end = nullptr;
            const char* text = i + 1 < count_ ? words_[i + 1] : "";
            const std::uint64_t value = std::strtoull(text, &end, 10);
            if (*text < '0' || *text > '9' || *end != '\0' || value == 0 || value > greatest) fail();
            return value;
        }
        return standard;
    }

    bool flag(const char* name) {
        for (int i = 1; i < count_; ++i)
            if (std::strcmp(words_[i], name) == 0) return ++seen_, true;
        return false;
    }

    // Every word must have been asked for.
    void finish() const {
        if (seen_ != count_ - 1) fail();
    }

    [[noreturn]] void fail() const {
        std::fprintf(stderr, "usage: %s\n", usage_);
        std::exit(2);
    }

private:
    int count_;
    char** words_;
    const char* usage_;
    int seen_ = 0;
};

class StopWatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

} // namespace loop
