import Diagnostics

/// The one table of explanations; a code that is emitted anywhere has a row here, and no other code has.
public enum ExplanationTable {
    /// A hundred of codes, or a few, that belong together.
    public struct Group: Sendable {
        public let title: String
        public let rows: [Explanation]
    }

    public static let groups: [Group] = [
        Group(title: "The spec as YAML (E01xx)", rows: Explanation.yaml),
        Group(title: "Keys and values of the spec (E02xx)", rows: Explanation.schema),
        Group(
            title: "Settings that contradict each other or do nothing (E03xx, E09xx)",
            rows: Explanation.contradictions + Explanation.effects + Explanation.dataSettings + Explanation.columnSettings
                + Explanation.foldSettings + Explanation.schedules + Explanation.limitedMemory),
        Group(title: "Data files (E10xx)", rows: Explanation.dataFiles + Explanation.arrayFiles + Explanation.rowFiles),
        Group(title: "Columns and their values (E11xx, E12xx)", rows: Explanation.columns + Explanation.values),
        Group(title: "Target and split (E13xx, E14xx)", rows: Explanation.targets + Explanation.foldSplits),
        Group(title: "Drafting a spec (E16xx)", rows: Explanation.drafts + Explanation.draftTargets),
        Group(title: "Weights files and run folders (E17xx)", rows: Explanation.weightsFiles + Explanation.foldRuns),
        Group(title: "Network and training against the data (E18xx, E19xx, E2xxx)", rows: Explanation.networks),
        Group(title: "The system (E3xxx)", rows: Explanation.system),
        Group(
            title: "The command line (E4xxx)",
            rows: Explanation.usage + Explanation.draftUsage + Explanation.dataUsage + Explanation.predictUsage + Explanation.environment),
        Group(title: "What was asked and is not so (E5xxx)", rows: Explanation.gradients + Explanation.promises),
        Group(title: "The audit of the data, `check --data` (W15xx, W175x)", rows: Explanation.audits),
        Group(title: "Notes and warnings (N, W)", rows: Explanation.notes + Explanation.foldNotes + Explanation.foldStates + Explanation.convergence),
    ]

    public static var all: [Explanation] { groups.flatMap(\.rows) }

    /// The row of a code as people write it: `E0201`, `e201`, `0201`, `error[E0201]`. Digits alone mean an error if there is one.
    public static func find(_ text: String) -> Explanation? {
        guard let written = Written(text) else { return nil }
        let letters = written.letter.map { [$0] } ?? ["E", "W", "N"]
        return letters.lazy.compactMap { letter in all.first { $0.code == letter + written.digits } }.first
    }

    /// The codes nearest to one that does not exist, those of its hundred first, at most three; empty if the text is no code.
    public static func nearest(_ text: String) -> [String] {
        guard let written = Written(text), let number = Int(written.digits) else { return [] }
        let candidates: [(code: String, hundreds: Int, distance: Int)] = all.compactMap { row in
            guard row.code.hasPrefix(written.letter ?? "E"), let other = Int(row.code.dropFirst()) else { return nil }
            return (row.code, abs(other / 100 - number / 100), abs(other - number))
        }
        let ordered = candidates.sorted { ($0.hundreds, $0.distance, $0.code) < ($1.hundreds, $1.distance, $1.code) }
        return ordered.prefix(3).map(\.code).sorted()
    }

    /// A code taken apart; nil if a text is none.
    private struct Written {
        /// nil if digits stand alone.
        let letter: String?
        /// Four of them.
        let digits: String

        init?(_ text: String) {
            var code = text.uppercased()[...]
            // "error[E0201]", as a message shows it.
            if let bracket = code.lastIndex(of: "["), code.last == "]" { code = code[code.index(after: bracket)...].dropLast() }
            let letter = code.first.flatMap { ["E", "W", "N"].contains($0) ? String($0) : nil }
            if letter != nil { code = code.dropFirst() }
            guard (1...4).contains(code.utf8.count), code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            self.letter = letter
            self.digits = String(repeating: "0", count: 4 - code.utf8.count) + code
        }
    }
}
