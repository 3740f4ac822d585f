import Diagnostics
import NNSpecKit

extension Command {
    static var initialize: Command {
        Command(
            "init", "write a first spec for a data file",
            arguments: [Argument(name: "DATA", help: "a CSV, TSV or JSON lines file, gzipped or not, such as iris.csv")],
            flags: [
                Flag(name: "output", placeholder: "FILE", help: "write the spec to FILE, which must not exist yet, instead of stdout"),
                Flag(
                    name: "target", placeholder: "COLUMN", help: "a column to predict, once for each; guessed if left out", isRepeatable: true),
                .json, .quiet,
            ]
        ) { (invocation, sink) throws(Stopped) in
            let output = invocation.value("output")
            let draft = try SpecDraft.make(data: invocation.arguments[0], output: output, targets: invocation.values("target"), sink: sink)
            if let output { try draft.write(to: output, sink: sink) }
            if invocation.has("json") {
                try StandardOutput.write(JSONDocument.draft(draft, output: output), sink: sink)
            } else if let output {
                guard !invocation.has("quiet") else { return }
                let targets = (draft.targets.count == 1 ? "target " : "targets ") + draft.targets.joined(separator: ", ")
                let told = "\(output): a \(draft.task), \(targets); train it with `nnspec train \(output)`\n"
                try StandardOutput.write(told, sink: sink)
            } else {
                try StandardOutput.write(draft.text, sink: sink)
            }
        }
    }
}

extension JSONDocument {
    /// The draft's text and what it rests on; `file` is null if it was not written.
    static func draft(_ draft: SpecDraft, output: String?) -> String {
        JSONText.object([
            ("ok", "true"), ("file", output.map(JSONText.quoted) ?? "null"),
            ("target", JSONText.quoted(draft.targets.joined(separator: ", "))), ("targets", JSONText.array(draft.targets.map(JSONText.quoted))),
            ("task", JSONText.quoted(draft.task)), ("spec", JSONText.quoted(draft.text)),
        ]) + "\n"
    }
}
