#!/usr/bin/env bash
# Checks the rules of CONTRIBUTING.md that `swift format lint` does not know. Prints every breach, exits 1 if there is one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

breaches=0
# Reads findings from stdin, prints them under a heading, remembers that there were some.
report() {
    local findings
    findings="$(cat)"
    [ -z "$findings" ] && return
    printf '%s\n' "$1" >&2
    printf '%s\n' "$findings" | sed 's/^/  /' >&2
    breaches=$((breaches + 1))
}

# find does not follow symbolic links, so the kernels' folder is read once.
swift_files() { find "$@" -name '*.swift' -type f -print0; }

report "files over 500 lines (split them):" < <(
    swift_files Sources Tests | while IFS= read -r -d '' file; do
        lines="$(wc -l <"$file" | tr -d ' ')"
        [ "$lines" -le 500 ] || echo "$file: $lines"
    done
)
# Bytes from 0x80 to 0xBF continue a character, so what is left counts characters in any locale.
report "lines over 150 characters:" < <(
    swift_files Sources Tests | LC_ALL=C xargs -0 awk '{ text = $0; gsub(/[\200-\277]/, "", text) } length(text) > 150 { print FILENAME ":" FNR }'
)
# grep answers 1 for "nothing found", which is what is hoped for; 2 is a failure of grep itself.
search() { grep -rnE "$@" || [ $? -eq 1 ]; }

report "Foundation in the product (use the C library; tests may import it):" < <(
    search --include='*.swift' '^[[:space:]]*((@[a-zA-Z_]+(\([^)]*\))?|internal|private|fileprivate|package|public)[[:space:]]+)*import[[:space:]]+((struct|class|enum|protocol|typealias|func|let|var)[[:space:]]+)?Foundation' Sources
)
report "leftovers and stubs:" < <(search --include='*.swift' '\b(TODO|FIXME|XXX|fatalError)\b' Sources Tests)
report "folders named after nothing:" < <(find Sources Tests -type d \( -iname utils -o -iname helpers -o -iname common -o -iname managers \))
# Brackets keep this line from finding itself.
report "paths of one person's machine:" < <(
    git ls-files -z --cached --others --exclude-standard -- . ':!:*.csv' |
        while IFS= read -r -d '' file; do
            if [ -f "$file" ] && [ ! -L "$file" ]; then grep -nHIE '(^|[^A-Za-z0-9_.~}])/(wor[k]|hom[e]|roo[t]|User[s])/|\.\./share[d]' "$file" || [ $? -eq 1 ]; fi
        done
)

if [ "$breaches" -gt 0 ]; then exit 1; fi
echo "style: nothing to complain about"
