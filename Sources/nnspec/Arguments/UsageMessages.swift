import Diagnostics
import NNSpecKit

extension Diagnostic {
    static func noCommand() -> Diagnostic {
        Diagnostic("E4001", "no command given", fix: "write `nnspec train SPEC`, or `nnspec --help` for the list of commands")
    }

    static func unknownCommand(_ name: String) -> Diagnostic {
        let isSpec = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        let nearest = Suggestion.nearest(name, among: CommandTable.all.map(\.name))
        let fix = isSpec ? "write `nnspec train \(name)`" : nearest.map { "did you mean `nnspec \($0)`?" } ?? "`nnspec --help` lists the commands"
        return Diagnostic("E4002", "unknown command `\(name)`", fix: fix)
    }

    static func unknownFlag(_ written: String, command: Command?, known: [Flag]) -> Diagnostic {
        let names = known.filter(\.isAvailable).map { "--\($0.name)" }
        let owner = command.map { "nnspec \($0.name)" } ?? "nnspec"
        // `--epochs 5`, as a script of one's own has it: settings go through one flag.
        let setting = names.contains("--set") ? NNSpec.setting(meantBy: String(written.drop { $0 == "-" })) : nil
        return Diagnostic(
            "E4003", "`\(owner)` has no flag `\(written)`", notes: ["its flags: \(names.joined(separator: ", "))"],
            fix: Suggestion.nearest(written, among: names).map { "did you mean `\($0)`?" }
                ?? setting.map { "a setting of the spec is replaced with `--set \($0)=...`" })
    }

    static func missingArgument(_ argument: Argument, of command: Command) -> Diagnostic {
        Diagnostic("E4004", "`nnspec \(command.name)` needs \(argument.name): \(argument.help)", notes: ["usage: \(command.usage)"])
    }

    /// - Parameter key: the value of a `--set` before it that has no `=`.
    static func tooManyArguments(_ found: String, of command: Command, after key: String? = nil) -> Diagnostic {
        Diagnostic(
            "E4005", "`\(found)` is one argument too many", notes: ["usage: \(command.usage)"],
            fix: key.map { "write `--set \($0)=\(found)`" } ?? "remove it, or quote a name that holds blanks")
    }

    static func flagWithoutValue(_ flag: Flag, _ command: Command) -> Diagnostic {
        Diagnostic(
            "E4006", "`--\(flag.name)` needs a value", notes: ["it does this: \(flag.help)"], fix: "write `--\(flag.name) \(flag.placeholder ?? "")`")
    }

    static func flagWithValue(_ flag: Flag, _ value: String) -> Diagnostic {
        Diagnostic("E4007", "`--\(flag.name)` takes no value, found `\(value)`", fix: "write `--\(flag.name)`, or leave it out")
    }

    static func flagTwice(_ flag: Flag) -> Diagnostic {
        Diagnostic("E4008", "`--\(flag.name)` is given twice", fix: "keep one of the two")
    }

    static func commandNotAvailable(_ name: String) -> Diagnostic {
        Diagnostic("E4009", "`nnspec \(name)` is not available in this version", fix: "`nnspec --help` lists what is")
    }

    static func flagNotAvailable(_ flag: Flag) -> Diagnostic {
        Diagnostic("E4010", "`--\(flag.name)` is not available in this version", fix: "leave it out")
    }

    static func badFlagValue(_ flag: String, found: String, expected: String) -> Diagnostic {
        Diagnostic("E4011", "`--\(flag)` is `\(found)`, expected \(expected)")
    }

    static func flagsExclude(_ first: String, _ second: String) -> Diagnostic {
        Diagnostic("E4026", "`--\(first)` and `--\(second)` both say what to print", fix: "keep one of the two")
    }

    static func besideOverfit(_ flag: String) -> Diagnostic {
        Diagnostic(
            "E4014", "`--overfit` trains on a few rows and writes nothing, so `--\(flag)` has nothing to do", fix: "leave one of the two out")
    }

    static func unknownCode(_ text: String, nearest: [String]) -> Diagnostic {
        let names = nearest.joined(separator: ", ")
        return Diagnostic(
            "E4013", "no diagnostic has the code `\(text)`", notes: nearest.isEmpty ? [] : ["the nearest are: \(names)"],
            fix: "`nnspec explain` lists them all")
    }
}
