# Reads "measurement key value" lines; prints the medians of every measurement and their ratios, and writes them as JSON.

{ count[$1, $2]++; sample[$1, $2, count[$1, $2]] = $3 + 0 }

function median(name, key,    n, i, j, v, sorted) {
    n = count[name, key]
    if (n == 0) return ""
    for (i = 1; i <= n; i++) {
        v = sample[name, key, i]
        for (j = i - 1; j >= 1 && sorted[j] > v; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = v
    }
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

function rate(name) { return median(name, "events_per_second") }

function ratio(part, whole) { return part == "" || whole == "" ? "" : part / whole }

function shown(value, form) { return value == "" ? "-" : sprintf(form, value) }

function member(key, value) { return value == "" ? "" : sprintf(",\"%s\":%.6g", key, value) }

function row(name, title, needed,    own, merged, twice) {
    own = rate(name); merged = rate(name ".merged"); twice = rate(name ".split")
    printf "%-32s %12s %12s %7s %12s %7s   %s\n", title, shown(own, "%.0f"), shown(merged, "%.0f"),
        shown(ratio(own, merged), "%.3f"), shown(twice, "%.0f"), shown(ratio(own, twice), "%.3f"), needed
    rows = rows (rows == "" ? "" : ",\n  ") sprintf("{\"name\":\"%s\"%s%s%s%s%s%s%s%s%s%s}", name,
        member("events_per_second", own), member("loop_merged", merged), member("ratio_merged", ratio(own, merged)),
        member("loop_split", twice), member("ratio_split", ratio(own, twice)), member("mean_ms", median(name, "mean_ms")),
        member("handovers_per_second", median(name, "handovers_per_second")),
        member("scheme_handovers_per_second", median(name, "scheme_handovers_per_second")),
        member("bytes_per_mobile", median(name, "bytes_per_mobile")), member("bytes_per_event", median(name, "bytes_per_event")))
}

function detail(name, title) {
    printf "%-32s %12s %12s %12s %12s %12s\n", title, shown(median(name, "mean_ms"), "%.3f"),
        shown(median(name, "handovers_per_second"), "%.0f"), shown(median(name, "scheme_handovers_per_second"), "%.0f"),
        shown(median(name, "bytes_per_mobile"), "%.0f"), shown(median(name, "bytes_per_event"), "%.1f")
}

END {
    printf "medians of %d rounds on %s; counted events per second\n\n", rounds, cpu
    printf "%-32s %12s %12s %7s %12s %7s   %s\n", "", "handover", "loop merged", "ratio", "loop split", "ratio", "asked for"
    row("handoff_1k", "handoff22, 1,000, 1 partition", "0.17")
    row("handoff_100k", "handoff22, 100,000, 1 partition", "0.18")
    row("handoff_100k_2p", "handoff22, 100,000, 2 partitions", "")
    row("phold_1k", "phold, 1,000 actors", "0.40")
    gain = ratio(rate("handoff_100k_2p"), rate("handoff_100k"))
    printf "\ntwo partitions against one at 100,000: %s (asked for: 1.3)\n\n", shown(gain, "%.2f")

    printf "%-32s %12s %12s %12s %12s %12s\n", "", "mean ms", "handovers/s", "scheme ho/s", "B per mobile", "B per event"
    detail("handoff_1k", "handoff22, 1,000, 1 partition")
    detail("handoff_100k", "handoff22, 100,000, 1 partition")
    detail("handoff_100k_2p", "handoff22, 100,000, 2 partitions")
    printf "{\"rounds\":%d,\"cpu\":\"%s\"%s,\n \"rows\":[\n  %s]}\n", rounds, cpu, member("two_partition_gain", gain), rows > json
}
