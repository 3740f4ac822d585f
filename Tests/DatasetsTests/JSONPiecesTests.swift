import Datasets
import Diagnostics
import SpecLanguage
import TestSupport
import Testing

/// A file of objects gives the same table or the same message however it is divided among threads, and the same rows in windows of any size.
@Suite struct JSONPiecesTests {
    /// All that can be seen of a reading.
    private static func outcome(_ bytes: [UInt8], stretch: Int, threads: Int) -> String {
        let sink = DiagnosticSink()
        let file = DataFile(name: "d.jsonl", bytes: bytes, stretch: stretch)
        guard let source = try? JSONLinesSource(file, for: .training, at: nil, threads: threads, sink: sink) else { return told(sink) }
        let modes: [ColumnMode] = [.number, .category, .auto, .label]
        let requests = source.columns.enumerated().map { index, name in
            ColumnRequest(index: index, name: name, mode: modes[index % 4], missingValues: index % 3 == 0 ? ["", "NA", "-9"] : ["", "NA"])
        }
        guard let table = try? source.read(requests, threads: threads, at: nil, rowLimit: 1 << 20, sink: sink) else { return told(sink) }
        return table.columns.map { column in
            [
                column.request.name, column.numbers.map { String($0.bitPattern, radix: 16) }.joined(separator: " "),
                column.codes.map { "\($0)" }.joined(separator: " "), column.texts.texts.joined(separator: "|"), "\(column.missing)",
                "\(column.badNumbers)", "\(column.outOfRange)", "\(column.beyondFloat)", "\(column.numberPlaces)", "\(column.textPlaces)",
                (0..<table.rows).map { "\(table.line(ofRow: $0))" }.joined(separator: " "),
            ].joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func told(_ sink: DiagnosticSink) -> String {
        sink.diagnostics.map { "\($0.code) \($0.message) \($0.notes) \($0.range.map { "\($0.start) \($0.text)" } ?? "")" }.joined(separator: "\n")
    }

    private static let values = [
        "1", "2.5", "-3e2", "0", "1e400", "1e39", "-9", "null", "true", "false", "\"\"", "\"NA\"", "\"u\"", "\"v w\"", "\"\\u00e9\\n\"", "\"7\"",
    ]
    private static let spoilt = ["NaN", "[1]", "{\"x\": [2]}", "01", "\"open", "\"\\q\"", "1, \"a\": 2", "tru"]

    private static func text(_ dice: inout Dice, spoilt: Bool) -> String {
        var text = Int.random(in: 0..<8, using: &dice) == 0 ? "\u{FEFF}" : ""
        let keys = ["a", "b", "c\\u0064", "cd", "é", "long name"]
        for _ in 0..<Int.random(in: 0...40, using: &dice) {
            // Mostly all keys in one order; now and then some of them, in another.
            let isOdd = Int.random(in: 0..<5, using: &dice) == 0
            var names = Array(keys.prefix(isOdd ? Int.random(in: 0...6, using: &dice) : 3))
            if isOdd { names.shuffle(using: &dice) }
            if names.contains("c\\u0064") { names.removeAll { $0 == "cd" } }
            let members = names.map { name in
                let isBad = spoilt && Int.random(in: 0..<60, using: &dice) == 0
                return "\"\(name)\": \((isBad ? Self.spoilt : values).randomElement(using: &dice) ?? "1")"
            }
            text += "{" + members.joined(separator: isOdd ? " , " : ",") + "}"
            text += ["\n", "\r\n", "\n\n", "\n \t\n"].randomElement(using: &dice) ?? "\n"
        }
        if Int.random(in: 0..<3, using: &dice) == 0, text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    @Test func anyDivisionGivesTheSame() {
        var dice = Dice(state: 77)
        var codes: Set<Substring> = []
        for round in 0..<400 {
            let bytes = Array(Self.text(&dice, spoilt: round % 2 == 0).utf8)
            let whole = Self.outcome(bytes, stretch: 1 << 18, threads: 1)
            codes.insert(whole.prefix(5))
            for (stretch, threads) in [(4, 50), (5, 7), (16, 2), (64, 3), (200, 2)] {
                #expect(Self.outcome(bytes, stretch: stretch, threads: threads) == whole, "\(String(decoding: bytes, as: UTF8.self)) in \(stretch)s")
            }
        }
        #expect(codes.isSuperset(of: ["E1050", "E1052", "E1053", "E1054"]), "\(codes)")
    }

    private static let preprocessing: Preprocessing = {
        var preprocessing = Preprocessing(features: [], csv: CSVOptions())
        preprocessing.features = [
            FeatureTransform(name: "a", kind: .number(normalize: .zscore, center: 1, scale: 3, fill: 7), missingValues: ["", "NA"]),
            FeatureTransform(name: "b", kind: .category(categories: ["u", "v"], unseen: .other, fill: "u"), missingValues: []),
        ]
        return preprocessing
    }()

    private struct Outcome: Equatable {
        var values: [Double] = []
        var messages: [String] = []
        var extra: [String] = []
        var isRefused = false
    }

    private static func rows(_ path: String, _ byteCount: Int) -> Outcome {
        let sink = DiagnosticSink()
        var outcome = Outcome()
        do throws(Stopped) {
            var rows = try EncodedRows(ModelInput(path), preprocessing: preprocessing, precision: .float64, windowByteCount: byteCount, sink: sink)
            while let part = try rows.next(sink: sink) { outcome.values += part.inputs.doubles }
            rows.emitNotes(sink: sink)
            outcome.extra = rows.extraColumns
        } catch {
            outcome.isRefused = true
        }
        outcome.messages = sink.diagnostics.map { "\($0.code) \($0.message) \($0.range.map { "\($0.start) \($0.text)" } ?? "")" }
        return outcome
    }

    @Test func windowsGiveTheSameRows() throws {
        let sample = try Sample([:])
        var dice = Dice(state: 5)
        var refused = 0
        for round in 0..<200 {
            var text = round % 3 == 0 ? "\u{FEFF}\n" : ""
            for row in 0..<Int.random(in: 1...30, using: &dice) {
                let a = ["1", "2.5", "null", "\"NA\"", "-4e1"].randomElement(using: &dice) ?? ""
                let b = ["\"u\"", "\"v\"", "\"w\"", "null", "true"].randomElement(using: &dice) ?? ""
                text +=
                    [
                        "{\"a\": \(a), \"b\": \(b)}", "{\"b\":\(b),\"x\":[],\"a\":\(a)}", "{\"a\": \(a)}",
                        "{\"y\": \(row), \"b\": \(b), \"\\u0061\": \(a)}", "",
                    ].randomElement(using: &dice) ?? ""
                text += ["\n", "\r\n"].randomElement(using: &dice) ?? ""
            }
            try sample.write("d.jsonl", Array(text.utf8))
            let expected = Self.rows(sample.path("d.jsonl"), 1 << 20)
            refused += expected.isRefused ? 1 : 0
            for byteCount in [1, 2, 7, 30, 100] {
                var found = Self.rows(sample.path("d.jsonl"), byteCount)
                // Rows before a column is missed have been given by then.
                if expected.isRefused { found.values = [] }
                #expect(found == expected, "\(text.debugDescription) by \(byteCount)")
            }
        }
        #expect(refused < 50)
    }

    /// One mistake far down: the rows before it are given, and the message knows its line.
    @Test(arguments: [
        ("{\"a\": 1, \"b\": \"u\"", "E1050"), ("{\"a\": NaN, \"b\": \"u\"}", "E1052"), ("{\"a\": 1, \"b\": \"u\", \"a\": 2}", "E1053"),
        ("[1, 2]", "E1051"),
        ("{\"a\": [1], \"b\": \"u\"}", "E1054"), ("{\"a\": \"x\", \"b\": \"u\"}", "E1201"),
    ])
    func mistakesAreFoundWhereTheyStand(_ line: String, _ code: String) throws {
        let good = String(repeating: "{\"a\": 4, \"b\": \"v\"}\n", count: 50)
        let sample = try Sample(["d.jsonl": good + line + "\n" + good])
        let whole = Self.rows(sample.path("d.jsonl"), 1 << 20)
        #expect(whole.isRefused && whole.messages.count == 1 && whole.messages.first?.hasPrefix(code) == true, "\(whole.messages)")
        for byteCount in [3, 40, 200] {
            let found = Self.rows(sample.path("d.jsonl"), byteCount)
            #expect(found.isRefused && found.messages == whole.messages, "\(found.messages)")
            #expect(found.values.count >= 3 * 35 && found.values.count <= 3 * 50)
        }
    }

    /// A column that no row of the file has is missed, at the end where the file is longer than a window.
    @Test func aColumnThatNeverComes() throws {
        let sample = try Sample(["d.jsonl": String(repeating: "{\"a\": 4, \"c\": 1}\n", count: 50)])
        let whole = Self.rows(sample.path("d.jsonl"), 1 << 20)
        #expect(whole.isRefused && whole.values.isEmpty && whole.messages.count == 1 && whole.messages[0].hasPrefix("E1101"), "\(whole.messages)")
        let found = Self.rows(sample.path("d.jsonl"), 100)
        #expect(found.isRefused && found.values.count == 3 * 50 && found.messages == whole.messages, "\(found.messages)")
    }

    @Test func filesWithoutRows() throws {
        let sample = try Sample([:])
        for text in ["", "\n\n \n", "\u{FEFF}", "{}\n{}\n"] {
            try sample.write("d.jsonl", Array(text.utf8))
            let whole = Self.rows(sample.path("d.jsonl"), 1 << 20)
            #expect(whole.isRefused)
            for byteCount in [1, 2, 5, 100] {
                #expect(Self.rows(sample.path("d.jsonl"), byteCount).messages == whole.messages, "\(text.debugDescription) by \(byteCount)")
            }
        }
    }
}
