import Diagnostics
import Testing

/// The text a person reads, letter by letter.
@Suite struct TextRendererTests {
    private let file = SourceFile(name: "a.yaml", text: "nnspec: 1\nlr: 0.1\n\tx: \"äö\" # 中文 end\nlast")

    private func render(_ diagnostics: Diagnostic...) -> String { TextRenderer(color: false).render(diagnostics) }

    @Test func messagePlaceLineCaretNotesFix() {
        let text = render(
            Diagnostic(
                "E9901", "unknown key `lr`", at: SourceRange(file, 10, 12), label: "not known",
                related: [.init(SourceRange(file, 0, 6), "the version")],
                notes: ["one", "two\nlines"], fix: "write `learning_rate`"))
        #expect(
            text == """
                error[E9901]: unknown key `lr`
                 --> a.yaml:2:1
                2 | lr: 0.1
                  | ^^ not known
                 --> a.yaml:1:1
                1 | nnspec: 1
                  | ------ the version
                  = note: one
                  = note: two
                    lines
                  = fix: write `learning_rate`


                """)
    }

    /// A tab fills up to the next multiple of four; characters of East Asia take two columns.
    @Test func caretsStandUnderWideTextAndTabs() {
        let line = "\tx: \"äö\" # 中文 end"
        let start = 18
        func range(_ part: String) -> SourceRange {
            let offset = start + Array(line.utf8).firstRange(of: Array(part.utf8))!.lowerBound
            return SourceRange(file, offset, offset + part.utf8.count)
        }
        #expect(render(Diagnostic("E9902", "m", at: range("x"))).contains("3 |     x: \"äö\" # 中文 end\n  |     ^\n"))
        #expect(render(Diagnostic("E9903", "m", at: range("äö"))).contains("\n  |         ^^\n"))
        #expect(render(Diagnostic("E9904", "m", at: range("文 end"))).contains("\n  |                 ^^^^^^\n"))
    }

    @Test func anEmptyRangeHasOneCaret() {
        #expect(render(Diagnostic("E9905", "m", at: SourceRange(file, 42, 42))).contains("4 | last\n  | ^\n"))
        #expect(render(Diagnostic("E9906", "m", at: SourceRange(SourceFile(name: "e", text: ""), 0, 0))) == "error[E9906]: m\n --> e:1:1\n\n")
    }

    @Test func aRangeOverSeveralLinesIsMarkedOnItsFirst() {
        #expect(render(Diagnostic("E9907", "m", at: SourceRange(file, 0, 17))).contains("1 | nnspec: 1\n  | ^^^^^^^^^\n"))
    }

    @Test func byteOrderMarkAndCarriageReturnAreNotShown() {
        let file = SourceFile(name: "b", text: "\u{FEFF}ab\r\ncd\r\n")
        #expect(render(Diagnostic("E9908", "m", at: SourceRange(file, 4, 5))).contains(" --> b:1:2\n1 | ab\n  |  ^\n"))
    }

    @Test func anExcerptKnowsItsLine() {
        let file = SourceFile(name: "d.csv", text: "1,x,3", firstLine: 120)
        #expect(render(Diagnostic("E9909", "m", at: SourceRange(file, 2, 3))).contains("   --> d.csv:120:3\n120 | 1,x,3\n    |   ^\n"))
    }

    @Test func nothingDrivesTheTerminal() {
        let file = SourceFile(name: "n\u{1B}[2J", text: "a\u{1B}[31mb\u{9B}\u{202E}")
        let text = render(Diagnostic("E9910", "bad \u{1B}[2J\r\u{7}", at: SourceRange(file, 0, 1), label: "\u{1B}x", notes: ["\u{8}"], fix: "\u{1B}"))
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x9B || $0.value == 0x202E })
        #expect(text.contains("bad \\u{1B}[2J\\r\\u{7}"))
    }

    @Test func longLinesAreCutAroundThePlace() throws {
        let file = SourceFile(name: "l", text: String(repeating: "a", count: 5_000) + "X" + String(repeating: "b", count: 100_000))
        let lines = render(Diagnostic("E9911", "m", at: SourceRange(file, 5_000, 5_001))).split(separator: "\n")
        #expect(lines[2].count < 160)
        let column = try #require(lines[2].firstIndex(of: "X")).utf16Offset(in: lines[2])
        #expect(lines[3].firstIndex(of: "^")?.utf16Offset(in: lines[3]) == column)
    }

    @Test func orderAndCap() {
        let other = SourceFile(name: "b.yaml", text: "x\ny\n")
        let text = render(
            Diagnostic("E9912", "no place"), Diagnostic("E9913", "late", at: SourceRange(file, 10, 12)),
            Diagnostic("E9914", "other", at: SourceRange(other, 0, 1)),
            Diagnostic("E9915", "early", at: SourceRange(file, 0, 1)))
        let codes = text.split(separator: "\n").filter { $0.hasPrefix("error") }.map { $0.dropFirst(6).prefix(5) }
        #expect(codes == ["E9915", "E9913", "E9914", "E9912"])
        let many = (0..<73).map { Diagnostic("E9916", "m\($0)") }
        let capped = TextRenderer(color: false).render(many)
        #expect(capped.hasSuffix("... and 23 more\n") && capped.contains("m49\n") && !capped.contains("m50"))
        #expect(TextRenderer(color: false).render([]) == "")
    }

    @Test func colourOnlyOnRequest() {
        let diagnostic = Diagnostic("W9901", "careful", at: SourceRange(file, 0, 1), fix: "f")
        let plain = TextRenderer(color: false).render([diagnostic])
        let colored = TextRenderer(color: true).render([diagnostic])
        #expect(plain.hasPrefix("warning[W9901]: careful\n") && !plain.contains("\u{1B}"))
        #expect(colored.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain && colored.contains("\u{1B}["))
    }
}

@Suite struct JSONRendererTests {
    @Test func everyField() {
        let file = SourceFile(name: "a\"b.yaml", text: "ä: 1\nb: 2\n")
        let text = JSONRenderer.render([
            Diagnostic(
                "E9917", "say \"x\"\n\\", at: SourceRange(file, 0, 2), label: "l", related: [.init(SourceRange(file, 6, 7), "r")], notes: ["n\u{1}"],
                fix: "f"),
            Diagnostic("W9902", "no place"),
        ])
        let expected = #"""
            [
              {"code": "E9917", "severity": "error", "message": "say \"x\"\n\\", \#
            "file": "a\"b.yaml", "line": 1, "column": 1, "endLine": 1, "endColumn": 2, "byteStart": 0, "byteEnd": 2, \#
            "label": "l", "related": [{"file": "a\"b.yaml", "line": 2, "column": 1, \#
            "endLine": 2, "endColumn": 2, "byteStart": 6, "byteEnd": 7, "text": "r"}], \#
            "notes": ["n\u0001"], "fix": "f"},
              {"code": "W9902", "severity": "warning", "message": "no place", \#
            "file": null, "line": null, "column": null, "endLine": null, "endColumn": null, "byteStart": null, "byteEnd": null, \#
            "label": "", "related": [], "notes": [], "fix": null}
            ]

            """#
        #expect(text == expected)
        #expect(JSONRenderer.render([]) == "[]\n")
    }

    /// Machines get all of them.
    @Test func noCap() {
        let text = JSONRenderer.render((0..<120).map { Diagnostic("E9918", "m\($0)") })
        #expect(text.split(separator: "\n").count == 122)
    }
}
