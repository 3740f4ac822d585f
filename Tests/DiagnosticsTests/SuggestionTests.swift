import Diagnostics
import Testing

@Suite struct SuggestionTests {
    private let names = ["epochs", "batch_size", "shuffle", "learning_rate", "weight_decay", "adam", "adamw", "sgd", "activation"]

    @Test(arguments: [
        ("epoch", "epochs"), ("Epochs", "epochs"), ("batch-size", "batch_size"), ("batchsize", "batch_size"), ("BatchSize", "batch_size"),
        ("weigth_decay", "weight_decay"),
        ("adm", "adam"), ("adamW", "adamw"), ("activaton", "activation"), ("learnig_rate", "learning_rate"), ("shufle", "shuffle"), ("sdg", "sgd"),
        ("epcohs", "epochs"),
    ])
    func findsTheNearest(_ text: String, _ name: String) { #expect(Suggestion.nearest(text, among: names) == name) }

    @Test(arguments: ["", "xyz", "temperature", "a", "__", String(repeating: "e", count: 100_000), "momentum"])
    func staysSilentWhenNothingIsNear(_ text: String) { #expect(Suggestion.nearest(text, among: names) == nil) }

    @Test func ofEqualsTheFirst() {
        #expect(Suggestion.nearest("bat", among: ["cat", "hat"]) == "cat")
        #expect(Suggestion.nearest("bat", among: []) == nil)
    }

    /// A swap of neighbours is one mistake, not two: only so is it near enough for a short word.
    @Test func swapsCountOnce() { #expect(Suggestion.nearest("mes", among: ["mse"]) == "mse") }
}

@Suite struct SourceFileTests {
    @Test func positionsCountCodePoints() {
        let file = SourceFile(name: "f", text: "\u{FEFF}aä\tb\r\n\n😀x")
        func position(_ offset: Int) -> [Int] { [file.position(of: offset).line, file.position(of: offset).column] }
        #expect(position(0) == [1, 1] && position(3) == [1, 1] && position(4) == [1, 2] && position(6) == [1, 3] && position(7) == [1, 4])
        #expect(position(10) == [2, 1] && position(11) == [3, 1] && position(15) == [3, 2] && position(16) == [3, 3])
        // Out of range is held at the ends.
        #expect(position(-5) == [1, 1] && position(99) == [3, 3])
        func line(_ offset: Int) -> String { String(decoding: file.bytes[file.lineBytes(at: offset)], as: UTF8.self) }
        #expect(line(0) == "aä\tb" && line(10) == "" && line(15) == "😀x")
    }

    @Test func ranges() {
        let file = SourceFile(name: "f", text: "abc\ndef")
        #expect(SourceRange(file, 4, 6).text == "de" && SourceRange(file, 5, 2).upper == 5)
        #expect(SourceRange(file, 0, 1) == SourceRange(file, 0, 1))
        #expect(SourceRange(file, 0, 1) != SourceRange(SourceFile(name: "f", text: "abc\ndef"), 0, 1))
    }

    @Test(arguments: [("E0101", 3), ("E1101", 4), ("E2101", 5), ("E3101", 6), ("E4101", 2), ("E5101", 1), ("E9101", 70), ("W0101", 0), ("N0101", 0)])
    func exitStatus(_ code: String, _ status: Int32) {
        #expect(ExitStatus.of([Diagnostic("W0102", "w"), Diagnostic(code, "m")]) == status)
    }

    @Test func theSinkStopsOnErrorsOnly() throws {
        let sink = DiagnosticSink()
        sink.emit(Diagnostic("W0103", "w"))
        try sink.throwIfErrors()
        sink.emit(Diagnostic("E0104", "e"))
        #expect(throws: Stopped.self) { try sink.throwIfErrors() }
        #expect(sink.diagnostics.map(\.code) == ["W0103", "E0104"])
    }
}
