#!/usr/bin/env bash
# Prints what nnspec-bench measures (a JSON line a figure) and what an epoch costs besides its steps, then times `nnspec train` for every spec in
# specs/ from the start of the process to its end: reading the spec and the data, compiling, training, and writing the run folder; for xor with a
# single epoch too, which is little but the time to the first step. Prints the best of several rounds, since on a machine that does other things
# too the best is the least disturbed. Usage: scripts/bench.sh [ROUNDS]; NNSPEC names another binary.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rounds="${1:-5}"
case "$rounds" in '' | *[!0-9]* | 0) echo "bench: the number of rounds must be 1 or more, not '$rounds'" >&2; exit 2 ;; esac
binary="${NNSPEC:-.build/release/nnspec}"
[ -x "$binary" ] || { echo "bench: no binary at $binary; run \`make build\`, or name one in NNSPEC" >&2; exit 1; }

bench=.build/release/nnspec-bench
[ -x "$bench" ] || { echo "bench: no $bench; run \`make bench\`" >&2; exit 1; }
for threads in 1 2; do
    "$bench" peak --threads "$threads" --rounds "$rounds"
    "$bench" steps --threads "$threads" --rounds "$rounds"
    "$bench" inference --threads "$threads" --rounds "$rounds"
done
"$bench" wake --rounds "$rounds"
"$bench" shuffle --rounds "$rounds"
"$bench" data tabular --rows 200000
"$bench" csv Benchmarks/workloads/data/tabular.csv --threads 1 --rounds "$rounds"
"$bench" csv Benchmarks/workloads/data/tabular.csv --threads 2 --rounds "$rounds"
"$bench" weights --rounds "$rounds"

output="$(mktemp -d)"
trap 'rm -rf "$output"' EXIT
LC_ALL=C
TIMEFORMAT=%3R

python3 Benchmarks/epoch.py --rounds "$rounds"

echo "seconds for nnspec train SPEC, whole process, best and worst of $rounds rounds"
printf '%-24s %8s %8s\n' spec best worst
measure() { # LABEL SPEC [FLAG...]
    local label="$1" spec="$2"
    shift 2
    times=()
    for ((round = 0; round < rounds; round++)); do
        # `time` writes to the group's stderr; the binary's own goes to a file, shown only when it fails.
        times+=("$({ time "$binary" train "$spec" "$@" --quiet --output "$output" >"$output/out" 2>"$output/err"; } 2>&1)") || {
            cat "$output/err" >&2
            echo "bench: $spec did not train" >&2
            exit 1
        }
    done
    printf '%s\n' "${times[@]}" | sort -n | awk -v spec="$label" 'NR == 1 { best = $1 } END { printf "%-24s %8.3f %8.3f\n", spec, best, $1 }'
}
measure 'xor, a single epoch' specs/xor.yaml --set training.epochs=1
for spec in specs/*.yaml; do measure "$spec" "$spec"; done
