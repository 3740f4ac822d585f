import NNSpecKit

/// Scripts that teach a shell the commands and flags, made from the table of commands.
enum CompletionText {
    /// What may stand in a place, told by the name it has in the table.
    private enum Values {
        case specs, runs, tables, files, folders, settings
        case words([String])
        /// A number, a name: nothing to propose.
        case free

        init(_ placeholder: String) {
            switch placeholder.split(separator: "|").first.map(String.init) ?? placeholder {
            case "SPEC": self = .specs
            case "RUN", "RUN...": self = .runs
            case "DATA": self = .tables
            case "FILE", "A", "B": self = .files
            case "DIR": self = .folders
            case "KEY=VALUE": self = .settings
            case "STAGE": self = .words(EmitStage.allCases.map(\.rawValue))
            case "FORM": self = .words(MessageForm.allCases.map(\.rawValue))
            case "SHELL": self = .words(CompletionKind.allCases.map(\.rawValue))
            case "COMMAND": self = .words(CompletionText.commands.map(\.name))
            default: self = .free
            }
        }
    }

    private static let head = "nnspec: made by `nnspec completions`, from the program's own table of commands"
    private static var commands: [Command] { CommandTable.all.filter(\.isAvailable) }
    private static func flags(_ command: Command) -> [Flag] { (command.flags + [.help]).filter(\.isAvailable) }

    // MARK: bash

    /// Works with bash 3.2, which macOS has, and needs no bash-completion.
    static var bash: String {
        var arguments = ""
        var values = ""
        var words = ""
        for command in commands {
            words += "    \(command.name)) flags='\(flags(command).map { "--" + $0.name }.joined(separator: " "))' ;;\n"
            for (place, argument) in command.arguments.enumerated() {
                arguments += "    \(command.name):\(place)) \(bash(Values(argument.name))) ;;\n"
            }
            for flag in flags(command) {
                guard let placeholder = flag.placeholder else { continue }
                values += "    \(command.name):--\(flag.name)) \(bash(Values(placeholder))) ;;\n"
            }
        }
        let names = commands.map(\.name).joined(separator: " ")
        return """
            # \(head)
            # Load it with `source <(nnspec completions bash)`, or put it into ~/.local/share/bash-completion/completions/nnspec.

            # Files with one of the endings given, and folders on the way to them; any file without an ending.
            _nnspec_files() {
              local name ending
              while IFS= read -r name; do
                if [ -d "$name" ]; then COMPREPLY+=("$name/"); continue; fi
                for ending in "$@"; do case $name in *"$ending") COMPREPLY+=("$name") ;; esac; done
              done < <(compgen -f -- "$word")
              type compopt >/dev/null 2>&1 && compopt -o filenames -o nospace 2>/dev/null
              [ ${#COMPREPLY[@]} -eq 1 ] && [ ! -d "${COMPREPLY[0]}" ] && type compopt >/dev/null 2>&1 && compopt +o nospace 2>/dev/null
              return 0
            }

            _nnspec_folders() {
              local name
              while IFS= read -r name; do COMPREPLY+=("$name/"); done < <(compgen -d -- "$word")
              type compopt >/dev/null 2>&1 && compopt -o filenames -o nospace 2>/dev/null
              return 0
            }

            _nnspec_words() {
              local one
              while IFS= read -r one; do COMPREPLY+=("$one"); done < <(compgen -W "$1" -- "$word")
            }

            # The paths of settings, for --set; what follows is their value, without a blank where the shell can do that.
            _nnspec_settings() {
              local one ending==
              type compopt >/dev/null 2>&1 && compopt -o nospace 2>/dev/null || ending=''
              while IFS= read -r one; do COMPREPLY+=("$one"); done < <(compgen -S "$ending" -W '\(settingPaths)' -- "$word")
              return 0
            }

            # Proposes the words that a setting takes.
            _nnspec_setting() {
              case $1 in
            \(settingWords)  esac
            }

            # Proposes the values of a flag of a command; fails if the flag takes none.
            _nnspec_value() {
              case $1:$2 in
            \(values)    *) return 1 ;;
              esac
            }

            _nnspec() {
              COMPREPLY=()
              local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} flags='' flag='' place=0 index at=$((COMP_CWORD - 1)) equals=''
              # The words are divided at = as well: --output = DIR, --set = key = value.
              if [ "$word" = = ]; then word=''; equals=1
              elif [ "$COMP_CWORD" -gt 2 ] && [ "${COMP_WORDS[at]}" = = ]; then at=$((at - 1)); equals=1
              fi
              flag=${COMP_WORDS[at]}
              if [ "$COMP_CWORD" -eq 1 ]; then
                _nnspec_words '\(names) help --help --version'
                return
              fi
              if [ "$command" = help ]; then
                [ "$COMP_CWORD" -eq 2 ] && _nnspec_words '\(names)'
                return
              fi
              if [ "$at" -gt 2 ] && [ "$equals" ] && { [ "${COMP_WORDS[at-1]}" = --set ] || [ "${COMP_WORDS[at-2]}" = --set ]; }; then
                _nnspec_setting "$flag"
                return
              fi
              case $flag in --*) _nnspec_value "$command" "$flag" && return ;; esac
              case $command in
            \(words)  esac
              case $word in -*) _nnspec_words "$flags"; return ;; esac
              # The place of the argument: words before it that are neither flags nor their values.
              for ((index = 2; index < COMP_CWORD; index++)); do
                case ${COMP_WORDS[index]} in
                =) index=$((index + 1)) ;;
                --*)
                  if [ "${COMP_WORDS[index+1]}" = = ]; then index=$((index + 2))
                  elif (word=''; _nnspec_value "$command" "${COMP_WORDS[index]}") >/dev/null 2>&1; then index=$((index + 1))
                  fi ;;
                *) place=$((place + 1)) ;;
                esac
              done
              case $command:$place in
            \(arguments)    *) _nnspec_words "$flags" ;;
              esac
            }

            complete -F _nnspec nnspec

            """
    }

    private static func bash(_ values: Values) -> String {
        switch values {
        case .specs: "_nnspec_files .yaml .yml"
        case .runs: "_nnspec_files .json"
        case .tables: "_nnspec_files .csv .tsv"
        case .files: "_nnspec_files ''"
        case .folders: "_nnspec_folders"
        case .settings: "_nnspec_settings"
        case .words(let words): "_nnspec_words '\(words.joined(separator: " "))'"
        case .free: ":"
        }
    }

    private static var settingPaths: String { NNSpec.settings.map(\.path).joined(separator: " ") }

    private static var settingWords: String {
        NNSpec.settings.filter { !$0.words.isEmpty }.map { "  \($0.path)) _nnspec_words '\($0.words.joined(separator: " "))' ;;\n" }.joined()
    }

    // MARK: zsh

    static var zsh: String {
        let rows = commands.map { "    \(quoted("\($0.name):\($0.summary)"))\n" }.joined()
        let cases = commands.map { command in
            let specs =
                flags(command).map { flag in
                    let repeated = flag.isRepeatable ? "*" : ""
                    let value = flag.placeholder.map { ":\(zshText($0)):\(zsh(Values($0)))" } ?? ""
                    return quoted("\(repeated)--\(flag.name)\(flag.placeholder == nil ? "" : "=")[\(zshText(flag.help))]\(value)")
                }
                + command.arguments.map { quoted(":\(zshText($0.name)):\(zsh(Values($0.name)))") }
            return "    \(command.name))\n      _arguments -s -S \\\n        " + specs.joined(separator: " \\\n        ") + " ;;\n"
        }.joined()
        return """
            #compdef nnspec
            # \(head)
            # Put it as _nnspec into a folder of $fpath, or load it with `source <(nnspec completions zsh)`.

            # The paths of settings, for --set, and the words that they take.
            _nnspec_settings() {
              local -a keys
              if compset -P '*='; then
                case ${IPREFIX##--set=} in
            \(zshSettingWords)    esac
                return
              fi
              keys=(
            \(NNSpec.settings.map { "    \(quoted("\($0.path):\($0.doc)"))\n" }.joined())  )
              _describe -t settings 'setting' keys -S =
            }

            _nnspec() {
              local curcontext="$curcontext" state line
              local -a commands
              commands=(
            \(rows)    \(quoted("help:tell more about a command"))
              )
              if (( CURRENT == 2 )); then
                _describe -t commands 'command' commands
                _arguments '--help[show this help]' '--version[show the version]'
                return
              fi
              local command=$words[2]
              shift words
              (( CURRENT-- ))
              case $command in
            \(cases)    help) (( CURRENT == 2 )) && _describe -t commands 'command' commands ;;
              esac
            }

            if [ "$funcstack[1]" = _nnspec ]; then
              _nnspec "$@"
            else
              compdef _nnspec nnspec
            fi

            """
    }

    private static func zsh(_ values: Values) -> String {
        switch values {
        case .specs: "_files -g \"*.(yaml|yml)\""
        case .runs: "_files -g \"*(-/) *.json\""
        case .tables: "_files -g \"*.(csv|tsv)\""
        case .files: "_files"
        case .folders: "_files -/"
        case .settings: "_nnspec_settings"
        case .words(let words): "(\(words.joined(separator: " ")))"
        case .free: ""
        }
    }

    private static var zshSettingWords: String {
        NNSpec.settings.filter { !$0.words.isEmpty }.map { "    \($0.path)=) compadd -- \($0.words.joined(separator: " ")) ;;\n" }.joined()
    }

    /// Brackets and colons divide the parts of a zsh specification.
    private static func zshText(_ text: String) -> String {
        String(text.flatMap { "[]:\\".contains($0) ? ["\\", $0] : [$0] })
    }

    // MARK: fish

    static var fish: String {
        var text = """
            # \(head)
            # Load it with `nnspec completions fish | source`, or put it into ~/.config/fish/completions/nnspec.fish.

            function __nnspec_files
                set -l word (commandline -ct)
                for name in $word*
                    if test -d $name
                        echo $name/
                    else
                        for ending in $argv
                            string match -q -- "*$ending" $name; and echo $name
                        end
                    end
                end
            end

            # The paths of settings, for --set, and the words that they take.
            function __nnspec_settings
                set -l word (commandline -ct | string replace -r '^--set=' '')
                switch "$word"
            \(fishSettingWords)        case '*=*'
                    case '*'
            \(NNSpec.settings.map { "            printf '%s=\\t%s\\n' \($0.path) \(fishQuoted($0.doc))\n" }.joined())    end
            end

            complete -c nnspec -f
            complete -c nnspec -n __fish_use_subcommand -l help -d \(fishQuoted(Flag.help.help))
            complete -c nnspec -n __fish_use_subcommand -l version -d \(fishQuoted(Flag.version.help))
            complete -c nnspec -n __fish_use_subcommand -a help -d 'tell more about a command'
            complete -c nnspec -n '__fish_seen_subcommand_from help' -a '\(commands.map(\.name).joined(separator: " "))'

            """
        for command in commands {
            let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
            text += "\ncomplete -c nnspec -n __fish_use_subcommand -a \(command.name) -d \(fishQuoted(command.summary))\n"
            // fish does not tell places apart: the values of all arguments are proposed.
            for argument in command.arguments {
                if let values = fish(Values(argument.name)) { text += "complete -c nnspec \(condition) -a \(values)\n" }
            }
            for flag in flags(command) {
                let value = flag.placeholder.map { placeholder in fish(Values(placeholder)).map { " -x -a \($0)" } ?? " -x" } ?? ""
                text += "complete -c nnspec \(condition) -l \(flag.name) -d \(fishQuoted(flag.help))\(value)\n"
            }
        }
        return text
    }

    private static func fish(_ values: Values) -> String? {
        switch values {
        case .specs: "'(__nnspec_files .yaml .yml)'"
        case .runs: "'(__nnspec_files .json)'"
        case .tables: "'(__nnspec_files .csv .tsv)'"
        case .files: "'(__fish_complete_path (commandline -ct))'"
        case .folders: "'(__fish_complete_directories (commandline -ct))'"
        case .settings: "'(__nnspec_settings)'"
        case .words(let words): "'\(words.joined(separator: " "))'"
        case .free: nil
        }
    }

    private static var fishSettingWords: String {
        NNSpec.settings.filter { !$0.words.isEmpty }.map { setting in
            "        case '\(setting.path)=*'\n            printf '\(setting.path)=%s\\n' \(setting.words.joined(separator: " "))\n"
        }.joined()
    }

    // MARK: Quotes

    /// In single quotes, for bash and zsh.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    private static func fishQuoted(_ text: String) -> String {
        "'" + String(text.flatMap { "\\'".contains($0) ? ["\\", $0] : [$0] }) + "'"
    }
}
