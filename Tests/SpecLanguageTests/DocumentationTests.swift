import Diagnostics
import Foundation
import SpecLanguage
import Testing

/// docs/spec-language.md says what is so.
@Suite struct DocumentationTests {
    private var page: String {
        get throws {
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            return try String(contentsOf: root.appendingPathComponent("docs/spec-language.md"), encoding: .utf8)
        }
    }

    private func blocks() throws -> [String] {
        let parts = try page.components(separatedBy: "```yaml\n").dropFirst()
        return parts.compactMap { $0.components(separatedBy: "```").first }
    }

    @Test func theExamplesAreSpecs() throws {
        let blocks = try blocks()
        try #require(blocks.count == 2)
        #expect(try read(blocks[0]).document != nil)
        // `path` and separate files exclude each other, and there is no base beside the sample.
        let whole = blocks[1].split(separator: "\n").filter { line in
            !["extends:", "  train:", "  validation:", "  test:"].contains { line.hasPrefix($0) }
        }.joined(separator: "\n")
        let (document, diagnostics) = try read(whole + "\n")
        #expect(document != nil, "\(diagnostics)")
    }

    @Test func everySettingIsTold() throws {
        let page = try page
        let rendered = try #require(try read(smallest).document).rendered()
        let keys = rendered.split(separator: "\n").compactMap { $0.split(separator: ":").first?.trimmingCharacters(in: .whitespaces) }
        #expect(keys.count > 50)
        for key in keys where !key.hasPrefix("-") { #expect(page.contains("\(key):"), "\(key) is not on the page") }
    }
}
