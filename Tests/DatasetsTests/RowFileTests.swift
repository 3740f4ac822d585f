import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import Testing

/// One table in every format that has names gives the same rows, the same preprocessing and the same classes.
@Suite struct RowFileTests {
    private static let csv = "a,b,kind\n1,x,red\n2.5,y,blue\n-4e1,x,red\n1e-7,\"z\"\"q\",blue\n"
    private static let lines = """
        {"a": 1, "b": "x", "kind": "red"}
        {"kind": "blue", "b": "y", "a": 2.5, "unused": [1, {"k": null}]}

        {"a": -4e1, "b": "x", "kind": "red"}
        {"a": 1e-7, "b": "z\\"q", "kind": "bl\\u0075e"}
        """

    private static func hash(_ prepared: PreparedData) -> String {
        "\(prepared.train.inputs.doubles.map(\.bitPattern)) \(prepared.preprocessing.features) \(prepared.target) \(prepared.train.targets)"
    }

    private static func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-c"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        input.fileHandleForWriting.write(Data(bytes))
        try input.fileHandleForWriting.close()
        return Array(output.fileHandleForReading.readDataToEndOfFile())
    }

    @Test func allFormatsAreOneTable() throws {
        let sample = try Sample(["t.csv": Self.csv, "t.tsv": Self.csv.replacingOccurrences(of: ",", with: "\t"), "t.jsonl": Self.lines])
        try sample.write("t.csv.gz", try Self.gzipped(Array(Self.csv.utf8)))
        try sample.write("t.jsonl.gz", try Self.gzipped(Array(Self.lines.utf8)))
        // Two members are one text.
        let half = Self.csv.utf8.count / 2
        let bytes = Array(Self.csv.utf8)
        try sample.write("two.csv.gz", try Self.gzipped(Array(bytes[..<half])) + Self.gzipped(Array(bytes[half...])))
        let expected = Self.hash(try sample.prepare("path: t.csv, target: kind, features: [a, b], split: none"))
        for file in ["t.tsv", "t.jsonl", "t.csv.gz", "t.jsonl.gz", "two.csv.gz"] {
            #expect(Self.hash(try sample.prepare("path: \(file), target: kind, features: [a, b], split: none")) == expected, "\(file)")
        }
    }

    /// Windows of a packed file, also such as are shorter than a line, give the rows of the file as a whole.
    @Test func packedFilesInWindows() throws {
        let sample = try Sample()
        var preprocessing = Preprocessing(features: [], csv: CSVOptions())
        preprocessing.features = [
            FeatureTransform(name: "a", kind: .number(normalize: .none, center: 0, scale: 1, fill: nil), missingValues: [""])
        ]
        let text = "a,b\n" + (0..<3000).map { "\($0),\"\(String(repeating: "x\n", count: $0 % 7))\"\n" }.joined()
        try sample.write("t.csv.gz", try Self.gzipped(Array(text.utf8)))
        for byteCount in [1, 7, 100, 4096, 1 << 20] {
            var rows = try EncodedRows(
                ModelInput(sample.path("t.csv.gz")), preprocessing: preprocessing, precision: .float64, windowByteCount: byteCount, sink: sample.sink)
            var values: [Double] = []
            while let part = try rows.next(sink: sample.sink) { values += part.inputs.doubles }
            #expect(values == (0..<3000).map { Double($0) }, "windows of \(byteCount)")
        }
        // Cut short, the rows before are given and then the mistake.
        let packed = try Self.gzipped(Array(text.utf8))
        try sample.write("cut.csv.gz", Array(packed[..<(packed.count / 2)]))
        var rows = try EncodedRows(
            ModelInput(sample.path("cut.csv.gz")), preprocessing: preprocessing, precision: .float64, windowByteCount: 1000, sink: sample.sink)
        var count = 0
        #expect(throws: Stopped.self) { while let part = try rows.next(sink: sample.sink) { count += part.rows } }
        #expect(count > 0 && count < 3000 && sample.codes == ["E1031"])
    }

    @Test func whatJSONLacksIsMissing() throws {
        let sample = try Sample(["t.jsonl": "{\"a\": 1, \"y\": 2}\n{\"a\": null, \"y\": 3}\n{\"y\": 4}\n{\"a\": \"\", \"y\": 5}\n"])
        let error = try #require(try sample.refusal("path: t.jsonl, target: y, split: none").first)
        #expect(error.code == "E1203" && error.message.contains("3 missing values, the first in line 2"))
        #expect(error.range.map { [$0.start.line, $0.start.column] } == [2, 7])
        let filled = try Sample(["t.jsonl": "{\"a\": 1, \"y\": 2}\n{\"a\": null, \"y\": 3}\n{\"y\": 4}\n"])
        let prepared = try filled.prepare("path: t.jsonl, target: y, split: none, missing: {constant: 7}, normalize: none")
        #expect(prepared.train.inputs.doubles == [1, 7, 7])
    }

    @Test func integersBeyondDoubleAreNames() throws {
        let ids = ["9007199254740993", "9007199254740992", "9007199254740993"]
        let sample = try Sample([
            "t.csv": "a,id\n" + ids.map { "1,\($0)\n" }.joined(), "t.jsonl": ids.map { "{\"a\": 1, \"id\": \($0)}\n" }.joined(),
        ])
        for file in ["t.csv", "t.jsonl"] {
            let prepared = try sample.prepare("path: \(file), target: id, split: none", "task: classification")
            #expect(prepared.target == .classes(name: "id", classes: ["9007199254740992", "9007199254740993"]), "\(file)")
        }
    }

    /// Each line with the place of its mistake.
    @Test func linesThatAreNoObjects() throws {
        let cases: [(code: String, line: String, column: Int)] = [
            ("E1050", "{\"a\": 1, y: 2}", 10), ("E1050", "{\"a\": 1 \"y\": 2}", 9), ("E1050", "{\"a\" 1}", 6), ("E1050", "{\"a\": 01, \"y\": 2}", 7),
            ("E1050", "{\"a\": 1., \"y\": 2}", 7), ("E1050", "{\"a\": +1, \"y\": 2}", 7), ("E1050", "{\"a\": 1, \"y\": 2,}", 17),
            ("E1050", "{\"a\": 1, \"y\": 2} 3", 18), ("E1050", "{\"a\": \"x\\q\", \"y\": 2}", 9), ("E1050", "{\"a\": \"\\ud800\", \"y\": 2}", 8),
            ("E1050", "{\"a\": \"x", 9), ("E1050", "{\"a\":", 6), ("E1050", "1", 1), ("E1050", "{\"a\": 'x'}", 7), ("E1050", "{\"a\": True}", 7),
            ("E1051", "[1, 2]", 1), ("E1052", "{\"a\": NaN, \"y\": 2}", 7), ("E1052", "{\"a\": -Infinity, \"y\": 2}", 7),
            ("E1053", "{\"a\": 1, \"a\": 2, \"y\": 3}", 11), ("E1053", "{\"a\": 1, \"\\u0061\": 2, \"y\": 3}", 11),
            ("E1054", "{\"a\": [1], \"y\": 2}", 7), ("E1054", "{\"a\": {\"b\": 1}, \"y\": 2}", 7),
            ("E1050", "{\"a\": " + String(repeating: "[", count: 100_000), 71),
        ]
        for (code, line, column) in cases {
            let sample = try Sample(["t.jsonl": "{\"a\": 0, \"y\": 1}\n" + line + "\n{\"a\": 2, \"y\": 3}\n"])
            let error = try #require(try sample.refusal("path: t.jsonl, target: y, split: none").first)
            #expect(error.code == code, "\(line.prefix(40)): \(error.code) \(error.message)")
            let place = error.range.map { [$0.start.line, $0.start.column] }
            #expect(place == [2, column], "\(line.prefix(40)): \(place ?? [])")
        }
    }

    @Test func aHundredThousandColumns() throws {
        let names = (0..<100_000).map { "c\($0)" }
        let values = names.indices.map { "\($0 % 10)" }
        let sample = try Sample([
            "t.csv": names.joined(separator: ",") + ",y\n" + (values.joined(separator: ",") + ",1\n") + (values.joined(separator: ",") + ",2\n"),
            "t.jsonl": (1...2).map { y in "{" + zip(names, values).map { "\"\($0)\": \($1)" }.joined(separator: ", ") + ", \"y\": \(y)}\n" }.joined(),
        ])
        let first = try sample.prepare("path: t.csv, target: y, split: none, normalize: none")
        let second = try sample.prepare("path: t.jsonl, target: y, split: none, normalize: none")
        #expect(first.train.inputs.columns == 100_000 && first.train.inputs == second.train.inputs)
    }

    @Test func emptyAndShortFiles() throws {
        let sample = try Sample(["empty.jsonl": "", "blank.jsonl": "\n \n", "one.jsonl": "{\"a\": 1, \"y\": 2}"])
        #expect(try sample.refusal("path: empty.jsonl, target: y, split: none").map(\.code) == ["E1005"])
        #expect(try sample.prepare("path: one.jsonl, target: y, split: none", "task: regression").train.rows == 1)
        let blank = try Sample(["blank.jsonl": "\n \n"])
        #expect(try blank.refusal("path: blank.jsonl, target: y, split: none").map(\.code) == ["E1005"])
        let empty = try Sample(["t.jsonl": "{}\n{}\n"])
        #expect(try empty.refusal("path: t.jsonl, target: y, split: none").map(\.code) == ["E1101"])
    }

    // MARK: Databases

    private static let database =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/data/flowers.db"

    private func query(_ sql: String) throws -> [Diagnostic] {
        let sample = try Sample()
        return try sample.refusal("path: '\(Self.database)', query: \"\(sql)\", target: kind, split: none")
    }

    @Test func aQueryIsTheSameTable() throws {
        let sample = try Sample(["t.csv": Self.csv])
        let expected = Self.hash(try sample.prepare("path: t.csv, target: kind, split: none"))
        let data = "path: '\(Self.database)', query: 'SELECT a, b, kind FROM flowers WHERE a IS NOT NULL ORDER BY rowid', target: kind, split: none"
        #expect(Self.hash(try sample.prepare(data)) == expected)
    }

    @Test func nullIsMissingAndIntegersAreExact() throws {
        let error = try #require(try query("SELECT a, kind FROM flowers ORDER BY rowid").first)
        #expect(error.code == "E1203" && error.message.contains("the first in row 5"))
        let sample = try Sample()
        let data = "path: '\(Self.database)', query: 'SELECT 1 AS a, id FROM flowers WHERE id IS NOT NULL ORDER BY rowid', target: id, split: none"
        let prepared = try sample.prepare(data, "task: classification")
        #expect(prepared.target == .classes(name: "id", classes: ["9007199254740992", "9007199254740993"]))
    }

    @Test func queriesThatAreRefused() throws {
        let before = FileManager.default.contents(atPath: Self.database)
        let cases: [(code: String, words: String, sql: String)] = [
            ("E1061", "syntax error", "SELEC 1"), ("E1061", "no such column", "SELECT depth FROM flowers"), ("E1061", "no statement", " "),
            ("E1061", "more than one statement", "SELECT 1; SELECT 2"), ("E1062", "did you mean \"flowers\"", "SELECT * FROM flower"),
            ("E1063", "SELECT", "DELETE FROM flowers"), ("E1063", "SELECT", "PRAGMA journal_mode = WAL"), ("E1063", "SELECT", "ATTACH 'x.db' AS x"),
            ("E1063", "SELECT", "CREATE TABLE t (a)"), ("E1063", "SELECT", "VACUUM"), ("E1063", "SELECT", "SELECT load_extension('x')"),
            ("E1064", "AS", "SELECT a, a, kind FROM flowers"), ("E1065", "blobs, the first in row 1", "SELECT photo, kind FROM flowers"),
            ("E1026", "no rows", "SELECT a, kind FROM flowers WHERE a > 1e9"), ("E1101", "kind", "SELECT a FROM flowers"),
        ]
        for (code, words, sql) in cases {
            let errors = try query(sql)
            let found = try #require(errors.first)
            #expect(errors.count == 1 && found.code == code && found.words.contains(words), "\(sql): \(found.code) \(found.words)")
        }
        #expect(before != nil && FileManager.default.contents(atPath: Self.database) == before)
    }

    @Test func filesThatAreNoDatabases() throws {
        let whole = FileManager.default.contents(atPath: Self.database).map(Array.init) ?? []
        for bytes in [Array("a,b\n1,2\n".utf8), Array(whole.prefix(50)), [UInt8](repeating: 7, count: 5000)] {
            let sample = try Sample()
            try sample.write("t.db", bytes)
            let errors = try sample.refusal("path: t.db, query: SELECT 1 AS a, target: a, split: none")
            #expect(errors.map(\.code) == ["E1060"], "\(errors.map(\.message))")
        }
    }
}
