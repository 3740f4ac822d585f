import Datasets
import Diagnostics
import TestSupport
import Testing

@Suite struct ScannerTests {
    enum Outcome: Equatable {
        case records([[String]])
        case unclosedQuote(at: Int)
        case textAfterQuote(at: Int)
    }

    static func scan(_ bytes: [UInt8], _ options: CSVOptions = CSVOptions()) -> Outcome {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = CSVScanner(buffer, options: options)
            var scratch: [UInt8] = []
            var records: [[String]] = []
            while true {
                switch scanner.next() {
                case .end: return .records(records)
                case .unclosedQuote(let offset): return .unclosedQuote(at: offset)
                case .textAfterQuote(let offset): return .textAfterQuote(at: offset)
                case .record:
                    records.append(scanner.fields.map { buffer.withText(of: $0, scratch: &scratch) { String(decoding: $0, as: UTF8.self) } })
                }
            }
        }
    }

    static func scan(_ text: String, _ options: CSVOptions = CSVOptions()) -> Outcome { scan(Array(text.utf8), options) }

    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a,b\n", [["a", "b"]]),
        ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
        ("\"two\r\nlines, one field\",2\n3,4\n", [["two\r\nlines, one field", "2"], ["3", "4"]]),
        ("\"she said \"\"hi\"\"\",\"\"\"\"\n", [["she said \"hi\"", "\""]]),
        ("\"\",\"\"\"\"\"\"\n", [["", "\"\""]]),
        ("a,\n,b\n,\n", [["a", ""], ["", "b"], ["", ""]]),
        ("a,", [["a", ""]]),
        ("\n\na\n  \t\n\r\nb\n\n", [["a"], ["b"]]),
        ("a, b ,c\n", [["a", " b ", "c"]]),
        ("a, \"b, c\" ,d\n", [["a", "b, c", "d"]]),
        ("5\" pipe,x\"y\"\n", [["5\" pipe", "x\"y\""]]),
        ("", []),
        ("\u{FEFF}", []),
        ("\"a\"", [["a"]]),
        ("\"a\"\r\n\"b\"\r\n", [["a"], ["b"]]),
        ("é,ü\n", [["é", "ü"]]),
        ("# no comment here\n", [["# no comment here"]]),
    ])
    func records(_ text: String, _ expected: [[String]]) { #expect(Self.scan(text) == .records(expected)) }

    @Test func otherDelimitersAndComments() {
        var options = CSVOptions()
        options.delimiter = UInt8(ascii: "\t")
        options.comment = UInt8(ascii: "#")
        #expect(Self.scan("#x\na\tb\n\t\n#,\"\n\"c\"\t#d\n#end", options) == .records([["a", "b"], ["", ""], ["c", "#d"]]))
        options.delimiter = UInt8(ascii: " ")
        #expect(Self.scan("a b\n\"c d\" e\n", options) == .records([["a", "b"], ["c d", "e"]]))
    }

    @Test func quotesThatAreWrong() {
        #expect(Self.scan("a,b\n1,\"2\n3,4\n") == .unclosedQuote(at: 6))
        #expect(Self.scan("\"") == .unclosedQuote(at: 0))
        #expect(Self.scan("\"a\"\"") == .unclosedQuote(at: 0))
        #expect(Self.scan("a,b\n\"1\"0,2\n") == .textAfterQuote(at: 7))
        #expect(Self.scan("\"1\"\r0\n") == .textAfterQuote(at: 3))
    }

    @Test func fieldsBeyondTheLimitAreOnlyCounted() {
        Array("a,b,c,d\n".utf8).withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: CSVOptions(), fieldLimit: 2)
            #expect(scanner.next() == .record)
            #expect(scanner.fieldCount == 4)
            #expect(scanner.fields.count == 2)
        }
    }

    /// What a writer quotes, the scanner gives back.
    @Test func writtenAndReadAgain() {
        var dice = Dice(state: 5)
        let pieces = ["a", " ", ",", "\"", "\n", "\r\n", "é", "1.5", "", "#", "\t"]
        for _ in 0..<2_000 {
            let width = Int.random(in: 1...4, using: &dice)
            let records = (0..<Int.random(in: 1...4, using: &dice)).map { _ in
                (0..<width).map { _ in (0..<Int.random(in: 0...4, using: &dice)).map { _ in pieces.randomElement(using: &dice) ?? "" }.joined() }
            }
            let text = records.map { record in
                record.map { "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }.joined(
                    separator: ",")
            }.joined(separator: "\n")
            #expect(Self.scan(text) == .records(records))
        }
    }

    /// The limit is one of the numbers that rows have, far above what a test can write.
    @Test func tooManyRows() throws {
        for (rows, codes) in [(3, []), (4, ["E1027"]), (9, ["E1027"])] {
            let sink = DiagnosticSink()
            let file = DataFile(name: "d.csv", bytes: Array(("a\n" + String(repeating: "1\n", count: rows)).utf8))
            let source = try CSVSource(file, options: CSVOptions(), at: nil, sink: sink)
            _ = try? source.read([], at: nil, rowLimit: 3, sink: sink)
            #expect(sink.diagnostics.map(\.code) == codes)
        }
    }

    /// Random bytes never crash the reader, and what it refuses it refuses with an E1 code.
    @Test func hostileBytes() throws {
        var dice = Dice(state: 11)
        let sample = try Sample(["d.csv": ""])
        let common = Array("\",\n\r;#\t 01.e-+ax\u{FEFF}é".utf8)
        for round in 0..<10_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &dice)).map { _ in
                round % 4 == 0 ? UInt8.random(in: 0...255, using: &dice) : common.randomElement(using: &dice) ?? 0
            }
            _ = Self.scan(bytes)
            guard round % 10 == 0 else { continue }
            try sample.write("d.csv", Array("a,y\n".utf8) + bytes)
            let sink = DiagnosticSink()
            var preprocessing = Preprocessing(features: [], csv: CSVOptions())
            preprocessing.features = [
                FeatureTransform(name: "a", kind: .number(normalize: .none, center: 0, scale: 1, fill: 1), missingValues: [""])
            ]
            let result = try? WholeFile.encode(
                ModelInput(sample.path("d.csv")), preprocessing: preprocessing, target: .classes(name: "y", classes: ["", "0", "a"]),
                precision: .float64, sink: sink)
            #expect((result == nil) == sink.hasErrors)
            #expect(sink.diagnostics.allSatisfy { $0.severity != .error || $0.code.hasPrefix("E1") })
        }
    }
}
