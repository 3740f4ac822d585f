import Diagnostics
import NNSpecKit

/// What `nnspec completions` prints.
enum CompletionKind: String, CaseIterable {
    case bash, zsh, fish, man

    var text: String {
        switch self {
        case .bash: CompletionText.bash
        case .zsh: CompletionText.zsh
        case .fish: CompletionText.fish
        case .man: ManualPage.text
        }
    }
}

extension Command {
    static var completions: Command {
        Command(
            "completions", "print the completions of a shell, or the manual page",
            arguments: [Argument(name: "SHELL", help: "the shell: bash, zsh or fish; or man for the manual page")], flags: [.json, .quiet]
        ) { (invocation, sink) throws(Stopped) in
            let word = invocation.arguments[0]
            guard let kind = CompletionKind(rawValue: word) else { throw sink.fail(.unknownShell(word)) }
            let document = JSONText.object([("shell", JSONText.quoted(word)), ("text", JSONText.quoted(kind.text))]) + "\n"
            try StandardOutput.write(invocation.has("json") ? document : kind.text, sink: sink)
        }
    }
}

extension Diagnostic {
    static func unknownShell(_ word: String) -> Diagnostic {
        let names = CompletionKind.allCases.map(\.rawValue)
        return Diagnostic(
            "E4021", "`nnspec completions` knows no `\(word)`, expected one of \(names.joined(separator: ", "))",
            fix: Suggestion.nearest(word, among: names).map { "did you mean `\($0)`?" })
    }
}
