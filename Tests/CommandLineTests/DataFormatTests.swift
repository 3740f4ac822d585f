import Foundation
import TestSupport
import Testing

/// predict and evaluate read every format, from files, pipes and the standard input, and give the same bytes for the same values.
@Suite struct DataFormatTests {
    private struct Row {
        let a: Double
        let b: Double
        let kind: String
    }

    private static let rows: [Row] = (0..<40).map { (number: Int) -> Row in
        Row(a: Double(number) / 8 - 2, b: Double(number % 7), kind: number % 3 == 0 ? "lily" : "rose")
    }
    private static var csv: String { "a,b,kind\n" + rows.map { "\($0.a),\($0.b),\($0.kind)\n" }.joined() }
    private static var lines: String { rows.map { "{\"b\": \($0.b), \"a\": \($0.a), \"kind\": \"\($0.kind)\"}\n" }.joined() }

    /// An .npy file of Doubles or of bytes.
    private static func npy(_ shape: String, _ descr: String, _ payload: Data) -> Data {
        let header = Array("{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }\n".utf8)
        var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(header.count), 0]
        bytes += header
        return Data(bytes) + payload
    }

    private static func doubles(_ values: [Double]) -> Data {
        var data = Data()
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
        return data
    }

    private func withModel(_ body: (String) throws -> Void) throws {
        try withFolder { folder in
            func write(_ name: String, _ data: Data) throws { try data.write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
            try write("t.csv", Data(Self.csv.utf8))
            try write("t.tsv", Data(Self.csv.replacingOccurrences(of: ",", with: "\t").utf8))
            try write("t.jsonl", Data(Self.lines.utf8))
            try write("x.npy", Self.npy("(40, 2)", "<f8", Self.doubles(Self.rows.flatMap { [$0.a, $0.b] })))
            try write("y.npy", Self.npy("(40,)", "|u1", Data(Self.rows.map { (row: Row) -> UInt8 in row.kind == "lily" ? 0 : 1 })))
            try write("wide.npy", Self.npy("(40, 3)", "<f8", Self.doubles(Self.rows.flatMap { [$0.a, $0.b, 0] })))
            let spec = "nnspec: 1\ndata: {path: t.csv, target: kind}\nmodel: {layers: [4, auto]}\ntraining: {epochs: 3}\n"
            try write("spec.yaml", Data(spec.utf8))
            try write("arrays.yaml", Data(spec.replacingOccurrences(of: "path: t.csv, target: kind", with: "inputs: x.npy, targets: y.npy").utf8))
            #expect(try Tool.run([], in: folder, through: "gzip -k t.csv t.jsonl x.npy").status == 0)
            #expect(try Tool.run(["train", "spec.yaml", "--quiet"], in: folder).status == 0)
            try body(folder)
        }
    }

    @Test func predictionsAreTheSameBytes() throws {
        try withModel { folder in
            let expected = try Tool.run(["predict", "runs/spec", "t.csv"], in: folder)
            #expect(expected.status == 0 && expected.output.split(separator: "\n").count == 41)
            for file in ["t.tsv", "t.jsonl", "t.csv.gz", "t.jsonl.gz", "x.npy", "x.npy.gz"] {
                let tool = try Tool.run(["predict", "runs/spec", file], in: folder)
                #expect(tool.status == 0 && tool.output == expected.output, "\(file): \(tool.errors)")
            }
            let pipes: [(format: [String], shell: String)] = [
                ([], "\"$@\" <t.csv"), ([], "cat t.csv | \"$@\""), ([], "{ head -c 30 t.csv; sleep 0.2; tail -c +31 t.csv; } | \"$@\""),
                (["--format", "csv"], "gzip -dc t.csv.gz | \"$@\""), (["--format", "jsonl"], "cat t.jsonl | \"$@\""),
                (["--format", "tsv"], "cat t.tsv | \"$@\""), (["--format", "npy"], "cat x.npy | \"$@\""), (["--format", "npy"], "\"$@\" <x.npy"),
            ]
            for (format, shell) in pipes {
                let tool = try Tool.run(["predict", "runs/spec", "-"] + format, in: folder, through: shell, deadline: 60)
                #expect(tool.status == 0 && tool.output == expected.output, "\(shell): \(tool.errors)")
            }
            let named = try Tool.run(["predict", "runs/spec", "p.csv"], in: folder, through: "mkfifo p.csv; cat t.csv >p.csv & \"$@\"", deadline: 60)
            #expect(named.status == 0 && named.output == expected.output, "\(named.errors)")
        }
    }

    @Test func evaluationsAreTheSameNumbers() throws {
        try withModel { folder in
            let expected = try Tool.run(["evaluate", "runs/spec", "--data", "t.csv"], in: folder)
            #expect(expected.status == 0)
            for file in ["t.jsonl.gz", "t.tsv"] {
                #expect(try Tool.run(["evaluate", "runs/spec", "--data", file], in: folder).output == expected.output, "\(file)")
            }
            let piped = try Tool.run(["evaluate", "runs/spec", "--data", "-"], in: folder, through: "cat t.csv | \"$@\"")
            #expect(piped.status == 0 && piped.output == expected.output, "\(piped.errors)")
            // The arrays' classes are numbers; the model trained on them is evaluated by a pair of files.
            #expect(try Tool.run(["train", "arrays.yaml", "--quiet", "--set", "task=classification"], in: folder).status == 0)
            let pair = try Tool.run(["evaluate", "runs/arrays", "--data", "x.npy.gz", "--targets", "y.npy"], in: folder)
            #expect(pair.status == 0 && pair.output.contains("40"), "\(pair.errors)")
        }
    }

    @Test func whatDoesNotFitIsTold() throws {
        try withModel { folder in
            let cases: [(code: String, status: Int32, words: [String])] = [
                ("E1047", 4, ["predict", "runs/spec", "wide.npy"]), ("E1048", 4, ["evaluate", "runs/spec", "--data", "x.npy"]),
                ("E4011", 2, ["predict", "runs/spec", "t.csv", "--format", "xlsx"]), ("E4024", 2, ["evaluate", "runs/spec", "--targets", "y.npy"]),
                ("E1066", 4, ["predict", "runs/spec", "-", "--format", "sqlite"]), ("E1067", 4, ["predict", "runs/spec", "t.db"]),
                ("E1005", 4, ["predict", "runs/spec", "-"]), ("E1003", 4, ["predict", "runs/spec", "/dev/zero"]),
                ("E1002", 4, ["predict", "runs/spec", "."]), ("E1001", 4, ["predict", "runs/spec", "none.npy"]),
                ("E1015", 4, ["init", "x.npy"]),
            ]
            for (code, status, words) in cases {
                let tool = try Tool.run(words, in: folder, deadline: 60)
                #expect(tool.status == status && tool.errors.contains("[\(code)]"), "\(words): \(tool.status) \(tool.errors)")
            }
            let early = try Tool.run(["predict", "runs/spec", "-"], in: folder, through: "gzip <t.csv | \"$@\"")
            #expect(early.status == 4 && early.errors.contains("[E1006]"), "\(early.errors)")
        }
    }

    @Test func specsAreDraftedFromLinesAndPackedFiles() throws {
        try withModel { folder in
            for file in ["t.jsonl", "t.jsonl.gz", "t.csv.gz", "t.tsv"] {
                #expect(try Tool.run(["init", file, "--output", "draft.yaml"], in: folder).status == 0, "\(file)")
                let trained = try Tool.run(["train", "draft.yaml", "--quiet", "--set", "training.epochs=1"], in: folder)
                #expect(trained.status == 0, "\(file): \(trained.errors)")
                try FileManager.default.removeItem(atPath: folder + "/draft.yaml")
            }
        }
    }
}
