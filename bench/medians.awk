# Reads "load.runner key value" lines; prints the medians of every load and their ratios, and writes them as JSON.

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

function rate(load, runner) { return median(load "." runner, "events_per_second") }

function ratio(part, whole) { return part == "" || whole == "" ? "" : part / whole }

function shown(value, form) { return value == "" ? "-" : sprintf(form, value) }

function member(key, value) { return value == "" ? "" : sprintf(",\"%s\":%.6g", key, value) }

function own(load, key) { return median(load ".here", key) }

END {
    n = split(loads, names, " ")
    printf "medians of %d rounds on %s; counted events per second, and what is here as a multiple of each peer\n\n", rounds, cpu
    printf "%-14s %11s %11s %6s %11s %6s %11s %6s %11s %6s %11s %6s\n", "", "here", "ns-3", "ratio", "C++ loop", "ratio", "C# loop", "ratio",
        "SimPy", "ratio", "2 parts", "gain"
    for (i = 1; i <= n; i++) {
        load = names[i]
        here = rate(load, "here")
        printf "%-14s %11.0f", load, here
        row = sprintf("{\"name\":\"%s\"%s", load, member("events_per_second", here))
        peers = split("ns3 cpp csharp simpy", peer, " ")
        for (j = 1; j <= peers; j++) {
            printf " %11s %6s", shown(rate(load, peer[j]), "%.0f"), shown(ratio(here, rate(load, peer[j])), "%.3g")
            row = row member(peer[j], rate(load, peer[j])) member("ratio_" peer[j], ratio(here, rate(load, peer[j])))
        }
        two = rate(load, "two")
        printf " %11s %6s\n", shown(two, "%.0f"), shown(ratio(two, here), "%.2f")
        row = row member("two_partitions", two) member("two_partition_gain", ratio(two, here))
        m = split("mean_ms handovers_per_second scheme_handovers_per_second bytes_per_mobile bytes_per_event collector_share setup_seconds", key, " ")
        for (j = 1; j <= m; j++) row = row member(key[j], own(load, key[j]))
        row = row member("windows_two_partitions", median(load ".two", "windows"))
        rows = rows (rows == "" ? "" : ",\n  ") row "}"
    }

    printf "\n%-14s %10s %12s %12s %12s %12s %10s %9s %9s\n", "", "mean ms", "handovers/s", "scheme ho/s", "B per mobile", "B per event", "collector",
        "set-up s", "windows"
    for (i = 1; i <= n; i++) {
        load = names[i]
        printf "%-14s %10s %12s %12s %12s %12s %10s %9s %9s\n", load, shown(own(load, "mean_ms"), "%.3f"), shown(own(load, "handovers_per_second"), "%.0f"),
            shown(own(load, "scheme_handovers_per_second"), "%.0f"), shown(own(load, "bytes_per_mobile"), "%.0f"),
            shown(own(load, "bytes_per_event"), "%.1f"), shown(own(load, "collector_share"), "%.3f"), shown(own(load, "setup_seconds"), "%.2f"),
            shown(median(load ".two", "windows"), "%.0f")
    }
    printf "{\"rounds\":%d,\"cpu\":\"%s\",\n \"rows\":[\n  %s]}\n", rounds, cpu, rows > json
}
