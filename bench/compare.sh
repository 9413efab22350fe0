#!/usr/bin/env bash
# Runs the engine's benchmarks and their C++ array-loop peers in turn, so that both meet the same state of the machine,
# and prints medians and ratios. Only the ratios carry over to another machine.
#   bench/compare.sh [rounds]        default 5; writes bench/last.json
set -euo pipefail
export LC_ALL=C

fail() { echo "compare: $1" >&2; exit "${2:-1}"; }

[[ $# -le 1 && ${1:-5} =~ ^[1-9][0-9]*$ ]] || fail "usage: bench/compare.sh [rounds]" 2
rounds=${1:-5}
bench=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$bench")

command -v g++ >/dev/null || fail "g++ is missing; install it: apt-get install g++" 2
mkdir -p "$bench/peers/bin"
for peer in handoff22 phold; do
    g++ -std=c++20 -O3 -march=native -Wall -Wextra -o "$bench/peers/bin/$peer" "$bench/peers/$peer.cpp"
done

# One-partition runs and peers stay on the last core; two partitions have the whole machine.
pin=()
if command -v taskset >/dev/null; then
    pin=(taskset -c "$(($(nproc) - 1))")
else
    echo "compare: taskset is missing; runs are not kept on one core" >&2
fi

handoff_1k=(handoff22 --mobiles 1000 --events 22000000 --seed 1)
handoff_100k=(handoff22 --mobiles 100000 --events 44000000 --seed 1)
phold_1k=(phold --actors 1000 --events 20000000 --seed 1)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
samples=$work/samples

# measure NAME COMMAND...: runs the command and notes every number of the JSON object it prints as "NAME key value".
measure() {
    local name=$1
    shift
    "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; fail "failed: $*"; }
    grep -q '"events_per_second": *[0-9]' "$work/out" || fail "no events_per_second in the output of: $*"
    grep -o '"[a-z_0-9]*": *-\{0,1\}[0-9][-+.0-9eE]*' "$work/out" | tr -d '"' | tr ':' ' ' | sed "s/^/$name /" >>"$samples"
}

ours() { "$root/handover" bench "$@" --json; }
ours_pinned() { "${pin[@]}" "$root/handover" bench "$@" --partitions 1 --json; }
peer() { "${pin[@]}" "$bench/peers/bin/$1" "${@:2}"; }

for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    for load in handoff_1k handoff_100k; do
        declare -n arguments=$load
        measure "$load" ours_pinned "${arguments[@]}"
        measure "$load.merged" peer "${arguments[@]}"
        measure "$load.split" peer "${arguments[@]}" --split
    done
    measure handoff_100k_2p ours "${handoff_100k[@]}" --partitions 2
    measure phold_1k ours_pinned "${phold_1k[@]}"
    measure phold_1k.merged peer "${phold_1k[@]}"
done

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
awk -v rounds="$rounds" -v cpu="$cpu" -v json="$bench/last.json" -f "$bench/medians.awk" "$samples"
