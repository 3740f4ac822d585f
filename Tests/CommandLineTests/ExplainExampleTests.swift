import Foundation
import TestSupport
import Testing

/// Every diagnostic: its example leads to it and to nothing else, the caret stands under exactly what is marked, and the repair does not.
///
/// The marks are those of the examples in Sources/NNSpecKit/Explanations. An example without a mark is one of a message that points nowhere.
@Suite struct ExplainExampleTests {
    /// Examples that are a whole spec rather than lines of one.
    private static let whole: Set<String> = ["E0102", "E0103"]
    /// The repair is right for data that flowers.csv is not.
    private static let otherData: Set<String> = ["E0328", "E0333", "E0343"]
    /// What rightly comes with it.
    private static let company: [String: Set<String>] = ["W2001": ["W2002"], "E1904": ["W1004"], "E1207": ["E1203"]]

    private static let all: [ExplainedCode] = (try? ExplainedCode.all()) ?? []
    private static let rows = all.filter { $0.example.language != "text" }
    private static let made = all.filter { OddExamples.all[$0.code] != nil }

    /// A code without an example that is run, made by a test, or met by a test of its room is not tested.
    @Test func everyCodeIsTested() throws {
        #expect(Self.all.count > 190)
        for row in Self.all {
            let ways = [row.example.language != "text", OddExamples.all[row.code] != nil, OddExamples.ofRooms[row.code] != nil]
            #expect(ways.count { $0 } == 1, "\(row.code) is tested in \(ways.count { $0 }) ways")
        }
        for (code, test) in OddExamples.ofRooms {
            let text = try String(contentsOfFile: "\(Repository.root)/Tests/\(test.file)", encoding: .utf8)
            #expect(text.contains("func \(test.function)(") && text.contains("\"\(code)\""), "\(code): no such test, \(test)")
        }
    }

    @Test(arguments: rows) func theExampleLeadsToIt(_ row: ExplainedCode) throws {
        try withFolder { path in
            var folder = try ExampleFolder(path)
            let tool = try run([row.given, row.example].compactMap { $0 }, of: row, in: &folder)
            check(tool, row, in: folder)
        }
    }

    @Test(arguments: made) func theOddExampleLeadsToIt(_ row: ExplainedCode) throws {
        let example = try #require(OddExamples.all[row.code])
        guard example.canRun() else { return }
        try withFolder { path in
            var folder = try ExampleFolder(path)
            for (name, file) in example.files() { try folder.add(name, file) }
            check(try folder.run(example.words), row, in: folder)
        }
    }

    @Test(arguments: rows) func theRepairDoesNot(_ row: ExplainedCode) throws {
        let isRun = row.repair.language != "text" && row.repair.language != "json" && !row.repair.text.hasPrefix("git ")
        guard isRun else { return }
        // A repair takes the example's place; where the spec is repaired and not the data, the data stays and the spec that was given goes.
        let kept = row.repair.language == row.example.language ? row.given : row.example.language == "csv" ? row.example : nil
        try withFolder { path in
            var folder = try ExampleFolder(path)
            let tool = try run([kept, row.repair].compactMap { $0 }, of: row, in: &folder)
            #expect(!tool.errors.contains("[\(row.code)]"), "\(tool.errors)")
            if !Self.otherData.contains(row.code) { #expect(tool.status == 0, "\(tool.errors)") }
        }
    }

    /// Second places in the header of the flowers, which the example does not show.
    private static let headerPlaces = [
        "E1101": "species", "E1303": "species", "E1801": "length,width,color,weight,species", "E1802": "species", "E1804": "species",
        "E1902": "weight",
        "E1903": "species", "E1905": "species", "E1910": "species",
    ]

    /// One diagnostic of the code, at exactly the marked places, and no other.
    private func check(_ tool: Tool, _ row: ExplainedCode, in folder: ExampleFolder) {
        #expect(tool.status == row.exit_status, "\(tool.errors)")
        #expect(tool.errors.contains("[\(row.code)]"), "\(tool.errors)")
        guard let found = FoundDiagnostic.all(tool.output) else {
            // A command whose output has no room for diagnostics, or that nobody knows, or that could not write: the text shows no place.
            #expect(folder.places.isEmpty && !tool.errors.contains(" --> "), "\(tool.errors)")
            return
        }
        let own = found.filter { $0.code == row.code }
        #expect(own.count == 1 && found.allSatisfy { $0.code == row.code || Self.company[row.code]?.contains($0.code) == true }, "\(tool.errors)")
        #expect(own.compactMap(\.place) == folder.places, "\(tool.errors)")
        let header = Self.headerPlaces[row.code].map { [ExampleFolder.headerPlace($0)] } ?? []
        #expect(Set(own.flatMap(\.second)) == Set(folder.related + header), "\(tool.errors)")
    }

    /// Sets snippets up as files of a folder and runs what they are about.
    private func run(_ snippets: [ExplainedCode.Snippet], of row: ExplainedCode, in folder: inout ExampleFolder) throws -> Tool {
        func files(_ language: String) -> [MarkedFile] { snippets.filter { $0.language == language }.map(MarkedFile.init) }
        if snippets.contains(where: { $0.text.contains("runs") }) {
            let trained = try Tool.run(["train", "flowers.yaml", "--quiet"], in: folder.path)
            try #require(trained.status == 0, "\(trained.errors)")
            try FileManager.default.copyItem(atPath: folder.path + "/runs/flowers", toPath: folder.path + "/runs/base")
        }
        let (yaml, csv, shell) = (files("yaml"), files("csv"), snippets.last { $0.language == "sh" })
        if let spec = yaml.first { try folder.add("flowers.yaml", Self.whole.contains(row.code) ? spec : ExampleFolder.completed(spec)) }
        if yaml.count > 1 { try folder.add("base.yaml", yaml[1]) }
        if let table = csv.last { try folder.add(shell == nil ? "flowers.csv" : "new.csv", table.between("", "\n")) }
        if let weights = files("json").first {
            try folder.add("weights.json", OddExamples.weights(weights, insteadOf: row.repair.text))
            return try folder.run(["inspect", "weights.json"])
        }
        guard let shell else {
            // Two or three rows are enough for an example, and leave none to hold back.
            let isShort =
                !csv.isEmpty
                && !snippets.contains { snippet in
                    snippet.language == "yaml" && ["monitor", "weight", "split"].contains { snippet.text.contains($0) }
                }
            return try folder.run(["train", "flowers.yaml"] + (isShort ? ["--set", "data.split=none"] : []))
        }
        if !yaml.isEmpty { _ = try Tool.run(["train", "flowers.yaml", "--quiet"], in: folder.path) }
        // Words alone need no shell.
        guard shell.text.hasPrefix("nnspec"), !shell.text.contains(where: { "\n|>'\"".contains($0) }) else {
            return try folder.run(shell: shell.text)
        }
        let line = MarkedFile(shell)
        var words: [String] = []
        var start = 0
        for end in line.bytes.indices where end + 1 == line.bytes.count || line.bytes[end + 1] == 0x20 {
            let word = line.part(start..<end + 1)
            if words.last == "--set" { folder.mark("--set", word) }
            words.append(String(decoding: word.bytes, as: UTF8.self))
            start = end + 2
        }
        return try folder.run(Array(words.dropFirst()))
    }
}
