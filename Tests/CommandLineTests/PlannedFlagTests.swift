import Diagnostics
import Testing
import nnspec

/// Flags that the table of commands marks as planned: refused by name and not taken for misspelt ones. Commands are met from outside (UsageTests); of
/// flags none is planned at present.
@Suite struct PlannedFlagTests {
    private static var command: Command {
        Command(
            "sample", "a command of this test", flags: [Flag(name: "later", placeholder: "N", help: "not built", isAvailable: false)]
        ) { (_, _) throws(Stopped) in }
    }

    @Test func aPlannedFlagIsRefusedByName() {
        for words in [["--later", "3"], ["--later=3"], ["--later"]] {
            let sink = DiagnosticSink()
            #expect(throws: Stopped.self) { try ArgumentScanner.scan(["sample"] + words, commands: [Self.command], sink: sink) }
            #expect(sink.diagnostics.map(\.code) == ["E4010"])
            #expect(sink.diagnostics.first?.message == "`--later` is not available in this version")
        }
    }

    @Test func itIsNotProposed() {
        let sink = DiagnosticSink()
        #expect(throws: Stopped.self) { try ArgumentScanner.scan(["sample", "--latter"], commands: [Self.command], sink: sink) }
        #expect(sink.diagnostics.map(\.code) == ["E4003"])
        #expect(sink.diagnostics.first.map { ($0.fix ?? "") + $0.notes.joined() }?.contains("later") == false)
    }
}
