import Foundation
import TestSupport
import Testing

/// Each kind of wrong use: a message with its place, the exit status that tells whose mistake it is, and no file touched.
@Suite struct WrongUseTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var spec = Mistake.spec
        var data = "x,c,y\n1,a,2\n2,b,3\n3,a,4\n4,b,5\n"
        var words = ["train", "spec.yaml"]
        let status: Int32
        /// `file:line:column`, and what else stderr says.
        let says: [String]

        static let spec = """
            nnspec: 1
            data:
              path: data.csv
              target: y
              split: none
            model:
              layers: [3, 1]
            training: {epochs: 2}

            """
        static func changed(_ old: String, _ new: String) -> String { spec.replacingOccurrences(of: old, with: new) }
    }

    static let mistakes: [Mistake] = [
        .init(testDescription: "missing spec", words: ["train", "nothing.yaml"], status: 3, says: ["there is no spec file `nothing.yaml`"]),
        .init(
            testDescription: "missing data file", spec: Mistake.changed("data.csv", "nothing.csv"), status: 4,
            says: ["spec.yaml:3:9", "nothing.csv"]),
        .init(testDescription: "not YAML", spec: "nnspec: 1\nmodel: {layers: [1\n", status: 3, says: ["spec.yaml:", "not YAML"]),
        .init(testDescription: "binary file", words: ["train", "data.bin"], status: 3, says: ["data.bin:1:", "UTF-8"]),
        .init(testDescription: "unknown key", spec: Mistake.changed("epochs", "epoch"), status: 3, says: ["spec.yaml:8:12", "`training.epochs`"]),
        .init(
            testDescription: "wrong type", spec: Mistake.changed("epochs: 2", "epochs: two"), status: 3,
            says: ["spec.yaml:8:20", "whole number", "`two`"]),
        .init(testDescription: "unknown column", spec: Mistake.changed("target: y", "target: why"), status: 4, says: ["spec.yaml:4:11", "why"]),
        .init(testDescription: "text in a number column", data: "x,c,y\n1,a,2\n2,b,3\nthree,a,4\n", status: 4, says: ["data.csv:4:1", "three"]),
        .init(
            testDescription: "text in a named number column",
            spec: Mistake.changed("  split: none", "  split: none\n  features: [{name: x, type: number}]"),
            data: "x,c,y\n1,a,2\n2,b,3\n3x,a,4\n", status: 4, says: ["data.csv:4:1", "3x"]),
        .init(
            testDescription: "last layer does not fit the classes",
            spec: Mistake.changed("[3, 1]", "[3, 5]").replacingOccurrences(of: "target: y", with: "target: c"),
            status: 4, says: ["spec.yaml:7:15", "5", "2"]),
        .init(
            testDescription: "last layer does not fit the targets", spec: Mistake.changed("[3, 1]", "[3, 4]") + "task: regression\n", status: 3,
            says: ["spec.yaml:7:15", "4 units", "1 column"]),
        .init(
            testDescription: "a layer of 10^9 units", spec: Mistake.changed("[3, 1]", "[1000000000, 1000000000, 1]"), status: 6,
            says: ["spec.yaml:7:", "1000000000"]),
        .init(
            testDescription: "more memory than allowed", words: ["train", "spec.yaml", "--max-memory", "100"], status: 6,
            says: ["--max-memory", "bytes"]),
        .init(
            testDescription: "output folder is a file", words: ["train", "spec.yaml", "--output", "data.csv"], status: 6,
            says: ["data.csv", "nothing was trained"]),
        .init(
            testDescription: "output folder cannot be made", words: ["train", "spec.yaml", "--output", "/proc/runs"], status: 6,
            says: ["/proc/runs"]),
        .init(
            testDescription: "not available", spec: Mistake.changed("epochs: 2", "checkpoint_every: 2"), status: 3,
            says: ["spec.yaml:8:12", "not available in this version"]),
        .init(testDescription: "empty data", data: "", status: 4, says: ["data.csv"]),
        .init(testDescription: "no rows", data: "x,c,y\n", status: 4, says: ["data.csv"]),
        .init(testDescription: "a row too short", data: "x,c,y\n1,a,2\n2,b\n", status: 4, says: ["data.csv:3"]),
        .init(testDescription: "missing value", data: "x,c,y\n1,a,2\n,b,3\n", status: 4, says: ["data.csv:3", "missing"]),
        .init(testDescription: "predict with a model that is none", words: ["predict", "data.csv", "data.csv"], status: 4, says: ["data.csv:1:1"]),
        .init(testDescription: "evaluate nothing", words: ["evaluate", "runs/nothing"], status: 4, says: ["runs/nothing"]),
    ]

    @Test(arguments: mistakes) func isExplainedAndTouchesNothing(_ mistake: Mistake) throws {
        try withFolder { folder in
            try mistake.spec.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try mistake.data.write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            try Data([0xFF, 0xFE, 0, 1]).write(to: URL(fileURLWithPath: folder + "/data.bin"))
            let before = try state(folder)
            let tool = try Tool.run(mistake.words, in: folder)
            #expect(tool.status == mistake.status, "\(tool.errors)")
            #expect(tool.output.isEmpty)
            for words in mistake.says { #expect(tool.errors.contains(words), "stderr lacks `\(words)`: \(tool.errors)") }
            #expect(tool.errors.contains("error[E"))
            #expect(try state(folder) == before)
        }
    }

    /// Root may write anywhere, so the permission is only asked of others.
    @Test(.enabled(if: getuid() != 0)) func unwritableFolder() throws {
        try withFolder { folder in
            try Mistake.spec.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try "x,y\n1,2\n2,3\n".write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            try FileManager.default.createDirectory(atPath: folder + "/closed", withIntermediateDirectories: false)
            chmod(folder + "/closed", 0o500)
            let tool = try Tool.run(["train", "spec.yaml", "--output", "closed"], in: folder)
            #expect(tool.status == 6 && tool.errors.contains("closed"))
        }
    }

    /// Names, sizes, times of change and contents of all files.
    private func state(_ folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().map { name in
            let path = folder + "/" + name
            let changed = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            return "\(name) \(changed?.timeIntervalSince1970 ?? 0) \(FileManager.default.contents(atPath: path)?.count ?? -1)"
        }
    }
}
