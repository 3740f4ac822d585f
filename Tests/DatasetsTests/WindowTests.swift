import Datasets
import Diagnostics
import SpecLanguage
import TestSupport
import Testing

/// A file read in windows gives the rows that it gives as a whole, whatever the windows are.
@Suite struct WindowTests {
    private static let preprocessing: Preprocessing = {
        var preprocessing = Preprocessing(features: [], csv: CSVOptions())
        preprocessing.features = [
            FeatureTransform(name: "a", kind: .number(normalize: .zscore, center: 1, scale: 3, fill: 7), missingValues: ["", "NA"]),
            FeatureTransform(name: "b", kind: .category(categories: ["u", "v"], unseen: .other, fill: nil), missingValues: []),
        ]
        return preprocessing
    }()

    private struct Outcome: Equatable {
        var values: [Double] = []
        var messages: [String] = []
        var isRefused = false
    }

    private static func words(_ diagnostic: Diagnostic) -> String {
        "\(diagnostic.code) \(diagnostic.message) \(diagnostic.range.map { "\($0.start) \($0.text)" } ?? "")"
    }

    private static func inWindows(_ path: String, _ byteCount: Int) -> Outcome {
        let sink = DiagnosticSink()
        var outcome = Outcome()
        do throws(Stopped) {
            var rows = try EncodedRows(ModelInput(path), preprocessing: preprocessing, precision: .float64, windowByteCount: byteCount, sink: sink)
            while let part = try rows.next(sink: sink) { outcome.values += part.inputs.doubles }
            rows.emitNotes(sink: sink)
        } catch {
            outcome.isRefused = true
        }
        outcome.messages = sink.diagnostics.map(words)
        return outcome
    }

    private static func whole(_ path: String) -> Outcome {
        let sink = DiagnosticSink()
        guard let (part, _) = try? WholeFile.encode(ModelInput(path), preprocessing: preprocessing, target: nil, precision: .float64, sink: sink)
        else {
            return Outcome(messages: sink.diagnostics.map(words), isRefused: true)
        }
        return Outcome(values: part.inputs.doubles, messages: sink.diagnostics.map(words))
    }

    @Test func windowsGiveTheSameRows() throws {
        let sample = try Sample(["d.csv": ""])
        var dice = Dice(state: 41)
        let texts = ["u", "v", "w", "\"u\"", "\"v\"", "\"two\nlines\"", "\"a\"\"b\n\n\"", "é"]
        for round in 0..<300 {
            var text = ["a,b", "\"a\",b", "\u{FEFF}b,a", "b,\"extra\ncolumn\",a"][round % 4] + "\n"
            for _ in 0..<Int.random(in: 1...30, using: &dice) {
                let (a, b) = (["1", "2.5", "-4e1", "", "NA"].randomElement(using: &dice) ?? "", texts.randomElement(using: &dice) ?? "")
                text += round % 4 < 2 ? "\(a),\(b)" : round % 4 == 2 ? "\(b),\(a)" : "\(b),\"x\ny\",\(a)"
                text += ["\n", "\r\n", "\n\n"].randomElement(using: &dice) ?? ""
            }
            try sample.write("d.csv", Array(text.utf8))
            let expected = Self.whole(sample.path("d.csv"))
            #expect(!expected.isRefused)
            for byteCount in [1, 2, 7, 30, 100, 10_000] {
                #expect(Self.inWindows(sample.path("d.csv"), byteCount) == expected, "\(text.debugDescription) by \(byteCount)")
            }
        }
    }

    /// One mistake far down: the rows before it are given, and the message knows its line.
    @Test(arguments: [
        ("1,u,3\n", "E1025"), ("x,u\n", "E1201"), ("1e999,u\n", "E1201"), ("\"1\"2,u\n", "E1022"), ("\"1,u\n", "E1021"), ("1,\u{0}\n", "E1012"),
    ])
    func mistakesAreFoundWhereTheyStand(_ line: String, _ code: String) throws {
        let good = String(repeating: "4,v\n", count: 50)
        let sample = try Sample(["d.csv": "a,b\n" + good + line + good])
        let whole = Self.whole(sample.path("d.csv"))
        #expect(whole.messages.count == 1)
        for byteCount in [3, 8, 40, 10_000] {
            let outcome = Self.inWindows(sample.path("d.csv"), byteCount)
            #expect(outcome.isRefused)
            #expect(outcome.messages.count == 1)
            #expect(outcome.messages.first?.hasPrefix(code) == true)
            #expect(outcome.messages == whole.messages)
            if byteCount <= 40 { #expect(outcome.values.count >= 3 * 40) }
        }
    }

    @Test func filesWithoutRows() throws {
        let sample = try Sample([:])
        for text in ["", "\n\n \n", "a,b\n", "a,b\n\n\n\n\n", "\"a,b\n\n", "\u{1F}\u{8B}"] {
            try sample.write("d.csv", Array(text.utf8))
            for byteCount in [1, 2, 5, 100] {
                #expect(
                    Self.inWindows(sample.path("d.csv"), byteCount) == Self.whole(sample.path("d.csv")), "\(text.debugDescription) by \(byteCount)")
            }
        }
    }
}
