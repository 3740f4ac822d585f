#!/usr/bin/env bash
# Writes the pages of docs/ that nnspec itself prints. Takes the path of a built nnspec, or builds one; a second argument names another folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "$#" -gt 0 ]; then
    binary="$1"
else
    swift build -c release --product nnspec
    binary=.build/release/nnspec
fi
folder="${2:-docs}"

case "$binary" in /*) ;; *) binary="$PWD/$binary" ;; esac
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

# A page is replaced whole, or not at all.
page() {
    local name="$1"
    shift
    "$@" >"$scratch/page"
    cp "$scratch/page" "$folder/$name"
    echo "wrote $folder/$name"
}

# The template with its orders carried out: `@show FILE` shows a file, `@run ARGUMENTS` a command and what it prints. The runs take place in
# a copy of the folder, since a training writes beside its spec.
messages() {
    local order words
    cp -R Tests/Fixtures/messages "$scratch/messages"
    while IFS= read -r line; do
        read -r order words <<<"$line" || true
        case "$order" in
            @show)
                printf '```yaml\n'
                cat "$scratch/messages/$words"
                printf '```\n'
                ;;
            @run)
                printf '```\n$ nnspec %s\n' "$words"
                # A mistake is what is to be shown: the exit status is that of the mistake. $words are words.
                # shellcheck disable=SC2086
                (cd "$scratch/messages" && "$binary" $words 2>&1) || true
                printf '```\n'
                ;;
            *) printf '%s\n' "$line" ;;
        esac
    done <"$scratch/messages/page.md"
}

page spec-language.md "$binary" schema --markdown
page other-tools.md "$binary" schema --words
page nnspec.schema.json "$binary" schema
page diagnostics.md "$binary" explain --all
page nnspec.1 "$binary" completions man
page messages.md messages
