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

    struct Wide: Sendable {
        let line: String
        /// What is pointed at.
        let part: String
        let shown: String
        let caret: String
    }

    @Test(arguments: [
        Wide(line: "a\tb: x", part: "x", shown: "a   b: x", caret: "       ^"),
        Wide(line: "\t\tb: x", part: "\tb", shown: "        b: x", caret: "    ^^^^^"),
        Wide(line: "名前: 値 x", part: "値", shown: "名前: 値 x", caret: "      ^^"),
        Wide(line: "名\t前", part: "前", shown: "名  前", caret: "    ^^"),
        Wide(line: "한국어: z", part: "z", shown: "한국어: z", caret: "        ^"),
        Wide(line: "\u{1112}\u{1161}\u{11AB}: z", part: "z", shown: "\u{1112}\u{1161}\u{11AB}: z", caret: "    ^"),
        Wide(line: "ｶﾅ: ｚ", part: "ｚ", shown: "ｶﾅ: ｚ", caret: "    ^^"),
        Wide(line: "👍: x", part: "👍", shown: "👍: x", caret: "^^"), Wide(line: "👍🏽: x", part: "x", shown: "👍🏽: x", caret: "    ^"),
        Wide(line: "👨‍👩‍👧‍👦: x", part: "x", shown: "👨‍👩‍👧‍👦: x", caret: "    ^"),
        Wide(line: "a: 👨‍👩‍👧‍👦 x", part: "👨‍👩‍👧‍👦", shown: "a: 👨‍👩‍👧‍👦 x", caret: "   ^^"),
        Wide(line: "🇩🇪🇫🇷: z", part: "z", shown: "🇩🇪🇫🇷: z", caret: "      ^"),
        Wide(line: "\u{2764}: z", part: "z", shown: "\u{2764}: z", caret: "   ^"),
        Wide(line: "\u{2764}\u{FE0F}: z", part: "z", shown: "\u{2764}\u{FE0F}: z", caret: "    ^"),
        Wide(line: "e\u{301}\u{302}x: y", part: "x", shown: "e\u{301}\u{302}x: y", caret: " ^"),
        Wide(line: "ae\u{301}x", part: "\u{301}", shown: "ae\u{301}x", caret: " ^"),
        Wide(line: "ä ö: ü", part: "ö: ü", shown: "ä ö: ü", caret: "  ^^^^"),
        Wide(line: "a\u{200B}b: c", part: "c", shown: "a\u{200B}b: c", caret: "    ^"),
        Wide(line: "a\rb: c", part: "c", shown: "a\u{FFFD}b: c", caret: "     ^"),
    ])
    func columnsOfWideText(_ sample: Wide) throws {
        for (before, after) in [("", ""), ("", "\n"), ("", "\r\nnext"), ("\u{FEFF}", "\r\n"), ("名\n", "\n")] {
            let file = SourceFile(name: "w", text: before + sample.line + after)
            let offset = try #require(file.bytes.firstRange(of: Array(sample.part.utf8))).lowerBound
            let lines = render(Diagnostic("E9919", "m", at: SourceRange(file, offset, offset + sample.part.utf8.count))).split(separator: "\n")
            // Byte by byte: as characters some of these texts are equal and are not.
            #expect(Array(lines[2].utf8) == Array("\(before.contains("\n") ? 2 : 1) | \(sample.shown)".utf8), "\(lines[2])")
            #expect(lines[3] == "  | \(sample.caret)")
        }
    }

    /// Bytes that are no UTF-8 are shown as what they are, one column each.
    @Test func noUTF8() {
        let file = SourceFile(name: "l", bytes: [0x63, 0xE9, 0x64, 0xE9, 0x20, 0xC3, 0xA9, 0x80, 0x78])
        #expect(
            render(Diagnostic("E9920", "m", at: SourceRange(file, 3, 4)))
                == "error[E9920]: m\n --> l:1:4\n1 | c\u{FFFD}d\u{FFFD} \u{FFFD}x\n  |    ^\n\n")
        #expect(render(Diagnostic("E9921", "m", at: SourceRange(file, 8, 9))).contains("\n  |       ^\n"))
    }

    /// A cut line is measured in columns, and is found fast wherever the place is in it.
    @Test func longWideLines() throws {
        let line = String(repeating: "名", count: 200_000) + "X" + String(repeating: "e\u{301}", count: 100_000)
        let file = SourceFile(name: "l", text: line)
        let clock = ContinuousClock()
        let duration = try clock.measure {
            for _ in 0..<100 {
                let lines = render(Diagnostic("E9922", "m", at: SourceRange(file, 600_000, 600_001))).split(separator: "\n")
                let shown = lines[2].dropFirst(4)
                let before = shown.prefix { $0 != "X" }
                #expect(shown.first == "…" && shown.last == "…" && shown.contains("X"))
                #expect(lines[3].prefix { $0 != "^" }.count == 4 + 1 + 2 * (before.count - 1))
            }
        }
        #expect(duration < .seconds(2))
        #expect(file.position(of: 600_001).column == 200_002)
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

    @Test func longTextsAreCut() {
        let text = render(Diagnostic("E9923", String(repeating: "ä", count: 1_000_000), fix: String(repeating: "b", count: 2000)))
        #expect(text == "error[E9923]: " + String(repeating: "ä", count: 2000) + "…\n  = fix: " + String(repeating: "b", count: 2000) + "\n\n")
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
