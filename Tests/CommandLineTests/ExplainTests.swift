import Foundation
import Testing

/// A row of `nnspec explain --json`.
struct ExplainedCode: Decodable, Sendable, CustomTestStringConvertible {
    struct Snippet: Decodable, Sendable {
        struct Range: Decodable, Sendable {
            let byteStart: Int
            let byteEnd: Int
        }
        let language: String
        let text: String
        /// Where the message points to; not of a repair.
        let places: [Range]?
        let related: [Range]?
    }
    let code: String
    let severity: String
    let title: String
    let story: String
    let given: Snippet?
    let example: Snippet
    let repair: Snippet
    let exit_status: Int32
    var testDescription: String { code }

    static func all() throws -> [ExplainedCode] {
        struct Document: Decodable { let diagnostics: [ExplainedCode] }
        return try JSONDecoder().decode(Document.self, from: Data(try Tool.run(["explain", "--json"]).output.utf8)).diagnostics
    }
}

@Suite struct ExplainTests {
    @Test func aCodeIsExplained() throws {
        let expected = """
            E0206: leading zero

            Some YAML readers take `010` for 8, others for 10. So that no one has to know, a
            number with a leading zero is an error. Among names of columns and classes it is
            a text and legal.

            this leads to it:
                seed: 010

            repair:
                seed: 10

            exit status 3: the spec is invalid

            """
        for form in ["E0206", "e0206", "e206", "0206", "206", "error[E0206]"] {
            let tool = try Tool.run(["explain", form])
            #expect(tool.status == 0 && tool.errors == "")
            #expect(tool.output == expected)
        }
    }

    @Test func warningsAndNotesGoOn() throws {
        #expect(try Tool.run(["explain", "w1002"]).output.hasSuffix("exit status 0: a warning, the command goes on\n"))
        #expect(try Tool.run(["explain", "N1002"]).output.hasSuffix("exit status 0: a note, the command goes on\n"))
    }

    @Test func allCodesAreListed() throws {
        let tool = try Tool.run(["explain"])
        #expect(tool.status == 0 && tool.errors == "")
        for row in try ExplainedCode.all() { #expect(tool.output.contains("\n  \(row.code)  \(row.title)\n")) }
    }

    @Test func aCodeAsJSON() throws {
        let tool = try Tool.run(["explain", "E4013", "--json"])
        let row = try JSONDecoder().decode(ExplainedCode.self, from: Data(tool.output.utf8))
        #expect(row.code == "E4013" && row.severity == "error" && row.exit_status == 2)
        #expect(row.example.language == "sh" && row.given == nil)
    }

    @Test(
        arguments: [
            (["explain", "E0299"], "the nearest are: E0211, E0212, E0213"), (["explain", "w9"], "W0301"), (["explain", "qqq"], "`qqq`"),
            (["explain", "E02011"], "`E02011`"), (["explain", ""], "`nnspec explain` lists them all"),
            (["explain", "E0201", "--all"], "`E0201` is one argument too many"), (["explain", "E0201", "E0202"], "usage: nnspec explain [CODE]"),
        ] as [([String], String)])
    func unknownCodes(words: [String], message: String) throws {
        let tool = try Tool.run(words)
        #expect(tool.status == 2 && tool.output == "")
        #expect(tool.errors.contains(message), "\(tool.errors)")
    }

    /// What is emitted is explained, and nothing else.
    @Test func everyCodeOfTheSourcesHasItsRow() throws {
        let explained = try ExplainedCode.all().map(\.code)
        let emitted = try codesOfTheSources()
        #expect(emitted.count > 150)
        #expect(Set(explained).count == explained.count, "a code is explained twice")
        for code in emitted.subtracting(explained).sorted() { Issue.record("\(code) has no row in Sources/NNSpecKit/Explanations") }
        for code in Set(explained).subtracting(emitted).sorted() { Issue.record("\(code) is explained, and nothing in Sources emits it") }
    }

    private func codesOfTheSources() throws -> Set<String> {
        let folder = Repository.root + "/Sources"
        let walker = try #require(FileManager.default.enumerator(atPath: folder))
        var codes: Set<String> = []
        for case let name as String in walker where name.hasSuffix(".swift") && !name.hasPrefix("NNSpecKit/Explanations/") {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            for match in text.matches(of: /"([EWN][0-9]{4})"/) { codes.insert(String(match.1)) }
        }
        return codes
    }

    @Test func wordsAreWellFormed() throws {
        let rows = try ExplainedCode.all()
        for row in rows {
            #expect(!row.title.isEmpty && !row.title.hasSuffix("."), "\(row.code)")
            #expect(row.story.hasSuffix(".") && !row.story.contains("  ") && row.story.count < 400, "\(row.code): \(row.story.count) characters")
            #expect(!row.example.text.isEmpty && !row.repair.text.isEmpty, "\(row.code)")
            // Byte by byte: E1216 is about texts that compare equal.
            #expect(Array(row.example.text.utf8) != Array(row.repair.text.utf8), "\(row.code)")
        }
        let errors = rows.map(\.code).filter { $0.hasPrefix("E") }
        #expect(errors == errors.sorted())
    }
}
