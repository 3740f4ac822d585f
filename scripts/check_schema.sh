#!/usr/bin/env bash
# Has a public validator, check-jsonschema, judge the JSON Schema that `nnspec schema` prints: it must be a schema of its draft, accept
# every spec in specs/ (as written and as rendered) and refuse every one in Tests/Fixtures/wrong_specs at the place and for the reason
# that its first lines tell. The validator lives in a virtual environment under .build, made at the first run from PyPI.
# NNSPEC names another binary.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() { printf 'check_schema: %s\n' "$@" >&2; exit 1; }

binary="${NNSPEC:-.build/release/nnspec}"
[ -x "$binary" ] || fail "no binary at $binary; run \`make build\`, or name one in NNSPEC"

# --- the validator
environment=.build/schema-validator
validator="$environment/bin/check-jsonschema"
# A moved or half-made environment does not start; it is made anew.
if ! "$validator" --version >/dev/null 2>&1; then
    command -v python3 >/dev/null 2>&1 ||
        fail "python3 is not there, and the schema's validator is a Python program." "Install it (Debian, Ubuntu: apt-get install python3 python3-venv) and run again."
    rm -rf "$environment"
    mkdir -p .build
    echo "check_schema: installing check-jsonschema from PyPI into $environment" >&2
    python3 -m venv "$environment" >&2 ||
        fail "python3 cannot make a virtual environment." "Install what is missing (Debian, Ubuntu: apt-get install python3-venv) and run again."
    if ! "$environment/bin/pip" --quiet --disable-pip-version-check --retries 1 install 'check-jsonschema>=0.30,<1' >&2; then
        rm -rf "$environment"
        fail "pip cannot install check-jsonschema. The first run needs PyPI (https://pypi.org) or a mirror that PIP_INDEX_URL names;" \
            "later runs need no network, as long as $environment stays."
    fi
fi

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
schema="$folder/schema.json"
"$binary" schema >"$schema"

# --- a schema of its draft
grep -q '"\$schema": "https://json-schema.org/draft/2020-12/schema"' "$schema" || fail "the schema does not say that it is of draft 2020-12"
"$validator" --check-metaschema "$schema" >"$folder/log" || { cat "$folder/log" >&2; fail "this is no JSON Schema of draft 2020-12"; }

# --- right specs
right=(specs/*.yaml)
for spec in "${right[@]}"; do "$binary" render "$spec" >"$folder/$(basename "$spec")"; done
"$validator" --schemafile "$schema" "${right[@]}" "$folder"/*.yaml >"$folder/log" ||
    { cat "$folder/log" >&2; fail "the schema refuses a right spec"; }

# --- wrong specs
wrong=(Tests/Fixtures/wrong_specs/*.yaml)
"$validator" --schemafile "$schema" "${wrong[@]}" >"$folder/log" && fail "the schema accepts all of Tests/Fixtures/wrong_specs"
grep -q "errors were encountered" "$folder/log" || { cat "$folder/log" >&2; fail "the validator gave up"; }
misses=0
for spec in "${wrong[@]}"; do
    # What is said about this file: from its name to the next file's.
    awk -v file="  $spec::" 'index($0, "  ") == 1 && index($0, "::$") { mine = index($0, file) == 1 } mine' "$folder/log" >"$folder/said"
    place="$(sed -n 's/^# refused at: //p' "$spec")"
    reason="$(sed -n 's/^# because: //p' "$spec")"
    [ -n "$place" ] && [ -n "$reason" ] || fail "$spec has no lines \`# refused at: ...\` and \`# because: ...\`"
    if ! grep -qF -- "::$place: " "$folder/said" || ! grep -qF -- "$reason" "$folder/said"; then
        printf 'check_schema: %s is not refused at %s because %s; the validator says:\n' "$spec" "$place" "$reason" >&2
        if [ -s "$folder/said" ]; then cat "$folder/said" >&2; else echo "  nothing" >&2; fi
        misses=$((misses + 1))
    fi
done
[ "$misses" -eq 0 ] || exit 1
echo "schema: draft 2020-12; accepts ${#right[@]} specs, written and rendered; refuses ${#wrong[@]} wrong ones, each for its reason"
