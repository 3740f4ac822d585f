import Foundation
import TestSupport
import Testing

/// The examples of `nnspec explain` are true: each leads to its diagnostic, and its repair does not.
@Suite struct ExplainExampleTests {
    /// What a test cannot bring about, or what only a program meets that builds its spec itself.
    private static let untried: Set<String> = [
        "E0111", "E0123", "E0124", "E0145", "E1004", "E1005", "E1006", "E1007", "E1010", "E1011", "E1012", "E1013", "E1023", "E1027", "E1103",
        "E1104", "E1609",
        "E1105", "E1120", "E1207", "E1215", "E1305", "E1706", "E1707", "E1708", "E1709", "E1710", "E1711", "E1712", "E1713", "E1803", "E3702",
        "E3703", "E3711",
        "E3901", "E3902",
    ]
    /// Examples that are a whole spec rather than lines of one.
    private static let whole: Set<String> = ["E0102", "E0103"]
    /// The repair is right for data that flowers.csv is not.
    private static let otherData: Set<String> = ["E0328", "E0333", "E0343"]

    private static let rows: [ExplainedCode] = ((try? ExplainedCode.all()) ?? []).filter { !untried.contains($0.code) }

    @Test func mostAreTried() { #expect(Self.rows.count > 130) }

    @Test(arguments: rows) func theExampleLeadsToIt(_ row: ExplainedCode) throws {
        let tool = try run([row.given, row.example].compactMap { $0 }, isWhole: Self.whole.contains(row.code))
        #expect(tool.errors.contains("[\(row.code)]"), "\(tool.errors)")
        #expect(tool.status == row.exit_status, "\(tool.errors)")
    }

    @Test(arguments: rows) func theRepairDoesNot(_ row: ExplainedCode) throws {
        guard row.repair.language != "text", row.repair.language != "json" else { return }
        if row.repair.language == "sh", !row.repair.text.hasPrefix("nnspec ") { return }
        // A repair takes the example's place; where the spec is repaired and not the data, the data stays and the spec that was given goes.
        let kept = row.repair.language == row.example.language ? row.given : row.example.language == "csv" ? row.example : nil
        let tool = try run([kept, row.repair].compactMap { $0 }, isWhole: Self.whole.contains(row.code))
        #expect(!tool.errors.contains("[\(row.code)]"), "\(tool.errors)")
        if !Self.otherData.contains(row.code) { #expect(tool.status == 0, "\(tool.errors)") }
    }

    private static let base = [
        ("nnspec", "nnspec: 1"), ("data", "data: {path: flowers.csv, target: species}"), ("model", "model: {layers: [8, auto]}"),
        ("training", "training: {epochs: 2}"),
    ]

    /// Lines of a spec with the rest of it.
    private func completed(_ text: String) -> String {
        let keys = text.split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) }
        return Self.base.filter { !keys.contains($0.0) }.map { $0.1 + "\n" }.joined() + text + "\n"
    }

    /// Ten rows of each of three species.
    private var flowers: String {
        var text = "length,width,color,weight,species\n"
        for (number, kind) in [("lily", "white"), ("rose", "red"), ("setosa", "blue")].enumerated() {
            for k in 0..<10 {
                text += "\(number + 1).\(k),0.\((k * 7) % 10),\(k == 0 ? "white" : kind.1),\(3 + 2 * number).\((k * 3) % 10),\(kind.0)\n"
            }
        }
        return text
    }

    /// Sets snippets up as files of a folder and runs what they are about.
    private func run(_ snippets: [ExplainedCode.Snippet], isWhole: Bool) throws -> Tool {
        var result: Tool?
        try withFolder { folder in
            func write(_ text: String, _ name: String) throws { try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8) }
            func texts(_ language: String) -> [String] { snippets.filter { $0.language == language }.map(\.text) }
            for name in ["flowers.csv", "more.csv", "flowers.txt", "new.csv", "old.csv"] { try write(flowers, name) }
            for name in ["flowers.yaml", "my.flowers.yaml"] { try write(completed(""), name) }
            try write("nnspec: 1\nseed: 3\n", "base.yaml")
            if snippets.contains(where: { $0.text.contains("runs") }) {
                let trained = try Tool.run(["train", "flowers.yaml", "--quiet"], in: folder)
                try #require(trained.status == 0, "\(trained.errors)")
                try FileManager.default.copyItem(atPath: folder + "/runs/flowers", toPath: folder + "/runs/base")
            }
            let yaml = texts("yaml")
            if let text = yaml.first { try write(isWhole ? text : completed(text), "flowers.yaml") }
            if yaml.count > 1 { try write(yaml[1], "base.yaml") }
            let commands = texts("sh").map { $0.split(separator: " ").dropFirst().map(String.init) }
            if let csv = texts("csv").last { try write(csv + "\n", commands.isEmpty ? "flowers.csv" : "new.csv") }
            if let json = texts("json").first {
                try write(json + "\n", "weights.json")
                result = try Tool.run(["inspect", "weights.json"], in: folder)
            } else if let words = commands.last {
                if !yaml.isEmpty { _ = try Tool.run(["train", "flowers.yaml", "--quiet"], in: folder) }
                result = try Tool.run(words, in: folder)
            } else {
                // Two or three rows are enough for an example, and leave none to hold back.
                let split =
                    texts("csv").isEmpty || texts("yaml").contains { $0.contains("monitor") || $0.contains("weight") }
                    ? [] : ["--set", "data.split=none"]
                result = try Tool.run(["train", "flowers.yaml"] + split, in: folder)
            }
        }
        return try #require(result)
    }
}
