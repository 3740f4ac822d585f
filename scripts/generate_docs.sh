#!/usr/bin/env bash
# Writes the pages of docs/ that nnspec itself prints. Takes the path of a built nnspec, or builds one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "$#" -gt 0 ]; then
    binary="$1"
else
    swift build -c release --product nnspec
    binary=.build/release/nnspec
fi

page="$(mktemp docs/.diagnostics.XXXXXX)"
trap 'rm -f "$page"' EXIT
"$binary" explain --all >"$page"
chmod 644 "$page"
mv "$page" docs/diagnostics.md
"$binary" completions man >docs/nnspec.1
"$binary" schema >docs/nnspec.schema.json
echo "wrote docs/diagnostics.md, docs/nnspec.1 and docs/nnspec.schema.json"
