import Diagnostics
import Foundation
import SpecLanguage
import TestSupport
import Testing

/// A spec whose text marks its own mistakes: a comment line `#   ^^^^ E0204` says that code E0204 points at exactly those columns of the line above.
///
/// Both ways: a mark that is not met and a diagnostic that is not marked are issues.
struct MarkedText {
    struct Mark: Hashable, CustomStringConvertible {
        let line: Int
        let column: Int
        let end: Int
        let code: String
        var description: String { "\(line):\(column)-\(end) \(code)" }
    }

    let text: String
    let marks: [Mark]

    init(_ text: String) {
        self.text = text
        var marks: [Mark] = []
        var last = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.hasPrefix("#"), let first = line.firstIndex(of: "^") else {
                last = index + 1
                continue
            }
            // Several marks may stand in one comment line.
            var rest = line[first...]
            while let start = rest.firstIndex(of: "^") {
                let carets = rest[start...].prefix { $0 == "^" }
                let words = rest[carets.endIndex...].drop { $0 == " " }
                let code = words.prefix { $0 != " " }
                let column = line.distance(from: line.startIndex, to: start) + 1
                marks.append(Mark(line: last, column: column, end: column + carets.count, code: String(code)))
                rest = rest[code.endIndex...]
            }
        }
        self.marks = marks
    }

    /// Reads the text as a spec file called `sample.yaml` and compares.
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try withFolder { folder in
            let path = folder + "/sample.yaml"
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            let sink = DiagnosticSink()
            _ = try? SpecReader.read(path: path, sink: sink)
            let found = sink.diagnostics.compactMap { diagnostic -> Mark? in
                guard let range = diagnostic.range else { return nil }
                let (line, column) = range.start
                let end = range.file.position(of: range.upper)
                return Mark(line: line, column: column, end: end.line == line ? end.column : column + 1, code: diagnostic.code)
            }
            #expect(Set(found) == Set(marks), "\(sink.diagnostics.map(\.message))", sourceLocation: sourceLocation)
            #expect(found.count == marks.count, "the same mistake twice", sourceLocation: sourceLocation)
            #expect(
                found == found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }, "not in the order of the file", sourceLocation: sourceLocation)
            #expect(sink.diagnostics.isEmpty || ExitStatus.of(sink.diagnostics) == 3, sourceLocation: sourceLocation)
        }
    }
}

/// Reads a text as a spec; nil with the diagnostics after a mistake.
func read(_ text: String, _ overrides: [String] = []) throws -> (document: SpecDocument?, diagnostics: [Diagnostic]) {
    var result: (SpecDocument?, [Diagnostic]) = (nil, [])
    try withFolder { folder in
        try text.write(toFile: folder + "/sample.yaml", atomically: false, encoding: .utf8)
        let sink = DiagnosticSink()
        let document = try? SpecReader.read(path: folder + "/sample.yaml", overrides: overrides, sink: sink)
        result = (document, sink.diagnostics)
    }
    return result
}

let smallest = "nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\n"
