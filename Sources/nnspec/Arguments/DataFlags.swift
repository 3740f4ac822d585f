import Diagnostics
import NNSpecKit

// Flags of the commands that read data for a trained model.
extension Flag {
    static let dataFormat = Flag(
        name: "format", placeholder: "FORMAT", help: "how FILE is written: \(ModelFile.formats.joined(separator: ", ")); by its ending if left out")
    static let query = Flag(name: "query", placeholder: "SELECT", help: "the rows of a sqlite FILE; as in the spec if left out")
}

extension Invocation {
    /// What the flags say about a data file. Errors: E4011 (a format that there is not).
    func modelInput(_ path: String, sink: DiagnosticSink) throws(Stopped) -> ModelFile {
        let format = value("format")
        if let format, !ModelFile.formats.contains(format) {
            throw sink.fail(.badFlagValue("format", found: format, expected: "one of \(ModelFile.formats.joined(separator: ", "))"))
        }
        return ModelFile(path, targets: value("targets"), format: format, query: value("query"))
    }
}

extension Diagnostic {
    static func fileTwice(_ first: String, _ second: String) -> Diagnostic {
        Diagnostic("E4017", "two files to predict are named: `\(first)`, and `\(second)` with `--data`", fix: "keep one of the two")
    }

    static func flagWithoutData(_ name: String) -> Diagnostic {
        Diagnostic("E4024", "`--\(name)` says how the file of `--data` is to be read, and there is no `--data`", fix: "add `--data FILE`")
    }
}
