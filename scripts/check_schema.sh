#!/usr/bin/env bash
# Has a public validator (check-jsonschema, in a virtual environment of its own under .venv) judge the JSON Schema that
# `nnspec schema` prints: it must be a valid schema, accept every spec in specs/ and refuse each wrong one below.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary="${NNSPEC:-.build/release/nnspec}"
[ -x "$binary" ] || { echo "check_schema: no binary at $binary; run \`make build\`, or name one in NNSPEC" >&2; exit 1; }
if [ ! -x .venv/bin/check-jsonschema ]; then
    python3 -m venv .venv
    .venv/bin/pip --quiet install check-jsonschema
fi
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
"$binary" schema >"$folder/schema.json"
validate=".venv/bin/check-jsonschema"
"$validate" --check-metaschema "$folder/schema.json"
"$validate" --schemafile "$folder/schema.json" specs/*.yaml
for spec in specs/*.yaml; do
    name="$(basename "$spec")"
    "$binary" render "$spec" >"$folder/$name"
    "$validate" --schemafile "$folder/schema.json" "$folder/$name" >/dev/null || { echo "the schema refuses the rendered $spec" >&2; exit 1; }
done

head='nnspec: 1
data: {path: a.csv, target: y}
model: {layers: [4, auto]}
'
wrong=0
refuse() {
    printf '%s\n' "$1" >"$folder/wrong.yaml"
    if "$validate" --schemafile "$folder/schema.json" "$folder/wrong.yaml" >/dev/null 2>&1; then
        printf 'the schema accepts:\n%s\n' "$1" >&2
        wrong=$((wrong + 1))
    fi
}
refuse 'data: {path: a.csv, target: y}'
refuse "${head}epochs: 5"
refuse "${head}training: {epochs: -1}"
refuse "${head}training: {epochs: five}"
refuse "${head}training: {shuffle: \"no\"}"
refuse "${head}optimizer: adm"
refuse "${head}optimizer: {learning_rate: 0}"
refuse "${head}optimizer: {lr: 0.1}"
refuse "${head}loss: {huber: {delta: -1}}"
refuse "${head}training: {early_stopping: {patience: 3}}"
refuse "${head}training: {max_time: 1:30}"
refuse "${head}task: multilabel"
refuse 'nnspec: 1
data: {path: a.csv, target: y}
model: {layers: []}'
refuse 'nnspec: 1
data: {path: a.csv, target: y}
model: {layers: [dense: {units: 4, activaton: relu}]}'
refuse 'nnspec: 2
data: {path: a.csv, target: y}
model: {layers: [1]}'
[ "$wrong" -eq 0 ] || exit 1
echo "schema: accepts every spec in specs/, as written and rendered, and refuses every wrong one"
