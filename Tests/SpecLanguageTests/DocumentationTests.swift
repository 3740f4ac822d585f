import Diagnostics
import Foundation
import SpecLanguage
import Testing

/// docs/spec-language.md says what is so. (That it is what the binary prints is for GeneratedPagesTests.)
@Suite struct DocumentationTests {
    private let page = LanguagePage.markdown

    private var blocks: [String] {
        page.components(separatedBy: "```yaml\n").dropFirst().compactMap { $0.components(separatedBy: "```").first }
    }

    private func indented(_ text: String) -> String { text.split(separator: "\n").map { "    \($0)\n" }.joined() }

    @Test func theExamplesAreSpecs() throws {
        try #require(blocks.count == 4)
        #expect(try read(blocks[0]).document != nil)
        // `path`, separate files and arrays exclude each other, a query is for sqlite, and there is no base beside the sample.
        let whole = blocks[1].split(separator: "\n").filter { line in
            !["extends:", "  train:", "  validation:", "  test:", "  query:", "  inputs:", "  targets:"].contains { line.hasPrefix($0) }
        }.joined(separator: "\n")
        let head = "nnspec: 1\ndata: {path: a.csv, target: y}\n"
        let texts = [
            whole + "\n", head + "model:\n  layers:\n" + indented(blocks[2]),
            "nnspec: 1\nmodel: {layers: [auto]}\ndata:\n  path: a.csv\n  target: y\n  features:\n" + indented(blocks[3]),
        ]
        for text in texts {
            let (document, diagnostics) = try read(text)
            #expect(document != nil && diagnostics.isEmpty, "\(diagnostics.map(\.message))\n\(text)")
        }
    }

    @Test func everySettingIsTold() throws {
        let rendered = try #require(try read(smallest).document).rendered()
        let keys = rendered.split(separator: "\n").compactMap { $0.split(separator: ":").first?.trimmingCharacters(in: .whitespaces) }
        #expect(keys.count > 50)
        for key in keys where !key.hasPrefix("-") { #expect(page.contains("\(key):"), "\(key) is not on the page") }
    }

    /// A line of the block of settings.
    private struct Row: CustomStringConvertible {
        let path: String
        let value: String
        let comment: String
        var description: String { "\(path): \(value)  # \(comment)" }

        /// What the comment says may be written, before the words on what the setting does.
        var forms: [String] {
            let head = comment.split(separator: ";").first.map(String.init) ?? ""
            return head.replacingOccurrences(of: "required: ", with: "").split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// The rows that hold a value, comments that go on put together.
    private var rows: [Row] {
        var rows: [Row] = []
        var sections: [String] = []
        for line in blocks[1].split(separator: "\n") {
            let parts = line.split(separator: "#", maxSplits: 1).map(String.init)
            let text = parts[0].trimmingCharacters(in: .whitespaces)
            let comment = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            guard !text.isEmpty, let colon = text.firstIndex(of: ":") else {
                if let last = rows.popLast() { rows.append(Row(path: last.path, value: last.value, comment: last.comment + " " + comment)) }
                continue
            }
            sections = Array(sections.prefix(line.prefix { $0 == " " }.count / 2))
            let path = (sections + [String(text[..<colon])]).joined(separator: ".")
            let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            if value.isEmpty { sections.append(String(text[..<colon])) } else { rows.append(Row(path: path, value: value, comment: comment)) }
        }
        return rows
    }

    /// `# =` is true: the line changes nothing.
    @Test func whatIsMarkedIsTheDefault() throws {
        let rendered = try #require(try read(smallest).document).rendered()
        var count = 0
        for row in rows where row.comment.hasPrefix("= |") || row.comment.hasPrefix("=;") {
            let (document, diagnostics) = try read(smallest, ["\(row.path)=\(row.value)"])
            // Written by hand or not, the folder of the runs lies beside what names it.
            let isPath = row.path == "output.directory"
            #expect(isPath ? document != nil : document?.rendered() == rendered, "\(row): \(diagnostics.map(\.message))")
            count += 1
        }
        #expect(count > 35)
    }

    /// Each value that a comment offers is one: whatever else is wrong with it there, it is no wrong value.
    @Test func whatIsOfferedIsLegal() throws {
        var count = 0
        for row in rows {
            for form in row.forms
            where form.wholeMatch(of: /[a-z0-9_]+|\{[a-z_]+: \{.*\}\}/) != nil && !["name", "path", "text", "required"].contains(form) {
                let (_, diagnostics) = try read(smallest, ["\(row.path)=\(form)"])
                #expect(!diagnostics.contains { $0.code.hasPrefix("E02") }, "\(row.path)=\(form): \(diagnostics.map(\.message))")
                count += 1
            }
        }
        #expect(count > 40)
    }

    /// The ranges that comments tell are those that are checked.
    @Test func rangesAreTrue() throws {
        let probes: [(words: String, inside: [String], outside: [String])] = [
            ("number above 0", ["1e-9", "7"], ["0", "-1"]), ("number from 0 to below 1", ["0", "0.99"], ["1", "-0.1"]),
            ("number from 0 to 1", ["0", "1"], ["1.01", "-0.1"]), ("number from 0", ["0", "12"], ["-0.1"]),
            ("whole number from 0", ["0", "12"], ["-1"]), ("whole number from 1", ["1", "12"], ["0"]),
            ("whole number from 1 to 1,024", ["1", "1024"], ["0", "1025"]), ("whole number from 1 to 1,000", ["1", "1000"], ["0", "1001"]),
        ]
        var seen: Set<String> = []
        for row in rows {
            for form in row.forms {
                guard let probe = probes.first(where: { $0.words == form }) else {
                    #expect(!form.hasPrefix("number") && !form.hasPrefix("whole"), "\(row.path): no probe for `\(form)`")
                    continue
                }
                seen.insert(form)
                for value in probe.inside {
                    let codes = try read(smallest, ["\(row.path)=\(value)"]).diagnostics.map(\.code)
                    #expect(!codes.contains("E0204") && !codes.contains("E0205"), "\(row.path)=\(value)")
                }
                for value in probe.outside {
                    #expect(try read(smallest, ["\(row.path)=\(value)"]).diagnostics.first?.code == "E0205", "\(row.path)=\(value)")
                }
            }
        }
        #expect(seen.count == probes.count, "\(seen.sorted())")
    }

    /// What is planned is refused by name, and stands nowhere else on the page as a value.
    @Test func whatIsPlannedIsRefused() throws {
        let planned = try #require(page.components(separatedBy: "\n## Planned\n").last)
        let fixed = planned.matches(of: /`([a-z_.]+): ([^`]+)`/)
        #expect(fixed.count > 4)
        for match in fixed {
            let (path, values) = (String(match.1), match.2.replacingOccurrences(of: "\n", with: " ").split(separator: "|"))
            guard path.contains(".") || ["task", "metrics"].contains(path) else { continue }
            let isLater = values.count > 1 || ["task", "data.normalize", "optimizer.type"].contains(path)
            for value in values.map({ $0.trimmingCharacters(in: .whitespaces) }) {
                let written = path == "metrics" ? "[\(value)]" : value
                let codes = try read(smallest, ["\(path)=\(written)"]).diagnostics.map(\.code)
                #expect(codes == (isLater ? ["E0208"] : []), "\(path)=\(written)")
            }
        }
    }

    @Test func linesAreOfAReadableLength() {
        for line in page.split(separator: "\n") { #expect(line.count <= 150, "\(line)") }
    }
}
