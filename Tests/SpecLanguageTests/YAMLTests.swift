import Diagnostics
import Foundation
import SpecLanguage
import TestSupport
import Testing

/// The YAML layer: what it accepts, its limits, and hostile input.
@Suite struct YAMLTests {
    private func code(_ text: String) throws -> String? { try read(text).diagnostics.first?.code }

    @Test(arguments: [
        "\u{FEFF}" + smallest, smallest.replacingOccurrences(of: "\n", with: "\r\n"), "---\n" + smallest, smallest + "...\n", "# c\n" + smallest,
        smallest + "x-any: {a: [1, 2], b: !!str no}\n".replacingOccurrences(of: "!!str ", with: ""),
        "x-layer: &l {dense: {units: 3}}\n" + smallest.replacingOccurrences(of: "[4, auto]", with: "[*l, *l, auto]"),
    ])
    func accepts(_ text: String) throws {
        let (document, diagnostics) = try read(text)
        #expect(document != nil && diagnostics.isEmpty, "\(diagnostics)")
    }

    /// What an editor shows as a comment, or as one text, is no setting.
    @Test(arguments: [("\r", 1), ("\u{85}", 2), ("\u{2028}", 3), ("\u{2029}", 3)])
    func unclearLineEnds(_ end: String, _ count: Int) throws {
        for text in [smallest + "# a\(end)seed: 7\n", smallest + "description: \"a\(end)b\"\n", "\(end)" + smallest] {
            let found = try read(text).diagnostics
            #expect(found.map(\.code) == ["E0113"] && found[0].range?.text == end && found[0].range.map { $0.upper - $0.lower } == count)
        }
        #expect(try read(smallest, ["description=a\(end)b"]).diagnostics.map(\.code) == ["E0113"])
        #expect(try read(smallest + #"description: "a\r\N\L\Pb""# + "\n").document?.spec.description.value == "a\r\u{85}\u{2028}\u{2029}b")
    }

    /// Two uses of an anchor make two layers.
    @Test func aliasTwiceIsTwoLayers() throws {
        let (document, _) = try read("x-layer: &l {dense: {units: 3}}\n" + smallest.replacingOccurrences(of: "[4, auto]", with: "[*l, *l, auto]"))
        #expect(document?.spec.model.layers.map(\.name) == ["dense_1", "dense_2", "dense_3"])
    }

    @Test(arguments: [
        ("", "E0102"), ("# only a comment\n", "E0102"), ("[1, 2]\n", "E0103"), ("text\n", "E0103"), (smallest + "---\n" + smallest, "E0104"),
        (smallest + "seed: 1\nseed: 2\n", "E0105"), (smallest + "seed: 1\n\"seed\": 2\n", "E0105"), (smallest + "x-a: &a {b: 1}\n<<: *a\n", "E0106"),
        (smallest + "seed: !!int 3\n", "E0107"), (smallest + "[a]: 3\n", "E0108"), (smallest + "seed: *nothing\n", "E0109"),
        (smallest + "x-a: &a [*a]\n", "E0110"),
        (smallest + "x-a: \(String(repeating: "[", count: 70))\(String(repeating: "]", count: 70))\n", "E0111"),
        (smallest + "seed: {a\n", "E0101"), (smallest + "\tseed: 1\n", "E0101"), (smallest + "seed: 'a\n", "E0101"),
        (smallest + "a: b: c\n", "E0101"),
        (smallest + "seed: \u{0}\n", "E0124"),
    ])
    func refuses(_ text: String, _ code: String) throws {
        #expect(try self.code(text) == code)
    }

    @Test func columnsCountCodePoints() throws {
        let (_, diagnostics) = try read(smallest + "description: {\"äö😀\": 1}\n")
        #expect(diagnostics.first?.range?.start.column == 14)
        let (_, more) = try read("\u{FEFF}seed: x\n" + smallest)
        #expect(more.first?.range?.start.line == 1 && more.first?.range?.start.column == 7)
    }

    @Test func limits() throws {
        let items = Array(repeating: "1", count: 49_990).joined(separator: ",")
        #expect(try code(smallest + "x-a: &a [\(items)]\nx-b: *a\n") == nil)
        #expect(try code(smallest + "x-a: &a [\(items)]\nx-b: [*a, *a]\n") == "E0112")
        #expect(try code(smallest + "# " + String(repeating: "x", count: 1_048_576) + "\n") == "E0123")
    }

    @Test func filesThatAreNone() throws {
        try withFolder { folder in
            for (path, code) in [(folder, "E0122"), (folder + "/nothing.yaml", "E0121"), ("/dev/zero", "E0122"), (folder + "/pipe", "E0122")] {
                if path.hasSuffix("pipe") { mkfifo(path, 0o600) }
                let sink = DiagnosticSink()
                _ = try? SpecReader.read(path: path, sink: sink)
                #expect(sink.diagnostics.map(\.code) == [code])
            }
            try Data([0x6E, 0x3A, 0x20, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: folder + "/bad.yaml"))
            let sink = DiagnosticSink()
            _ = try? SpecReader.read(path: folder + "/bad.yaml", sink: sink)
            #expect(sink.diagnostics.first?.code == "E0124" && sink.diagnostics.first?.range?.start.column == 4)
        }
    }

    /// Bytes changed, removed and repeated at random: never a trap, always a document or a diagnostic.
    @Test func randomDamageIsDiagnosed() throws {
        let seeds = [smallest, smallest + "training: {epochs: 5, batch_size: full}\nx-a: &a [1, {b: *c}]\nclass_weights: {a: 1, 'b': 2}\n"]
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        try withFolder { folder in
            for round in 0..<3_000 {
                var bytes = Array(seeds[round % 2].utf8)
                for _ in 0..<1 + next(4) {
                    let at = next(bytes.count)
                    switch next(3) {
                    case 0: bytes[at] = UInt8(next(256))
                    case 1: bytes.remove(at: at)
                    default: bytes.insert(contentsOf: Array(":-[]{}&*!|>'\"#%@`\n\t ".utf8)[next(20)...].prefix(1), at: at)
                    }
                }
                try Data(bytes).write(to: URL(fileURLWithPath: folder + "/s.yaml"))
                let sink = DiagnosticSink()
                let document = try? SpecReader.read(path: folder + "/s.yaml", sink: sink)
                #expect((document == nil) == sink.hasErrors)
                _ = TextRenderer(color: true).render(sink.diagnostics)
                _ = JSONRenderer.render(sink.diagnostics)
            }
        }
    }
}
