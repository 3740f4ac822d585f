import Datasets
import Diagnostics

/// Training rows that look the same to the network and have different targets: no weights get all of them right.
struct ContradictingRows {
    /// Table rows, each group's rising, by their first rows.
    let groups: [[Int32]]
    /// Of the training rows the share that can be right at most; nil for numbers and labels.
    let best: Double?

    var rowCount: Int { groups.reduce(0) { $0 + $1.count } }

    /// nil if there are none.
    init?(_ part: Part) {
        let found = part.contradictions
        if found.isEmpty { return nil }
        groups = found.map { $0.map { part.rowNumbers[$0] } }
        guard case .classes(let classes) = part.targets else {
            best = nil
            return
        }
        let wrong = found.reduce(0) { sum, group in
            var counts: [Int32: Int] = [:]
            for row in group { counts[classes[row], default: 0] += 1 }
            return sum + group.count - (counts.values.max() ?? 0)
        }
        best = Double(part.rows - wrong) / Double(part.rows)
    }
}

extension Diagnostic {
    private static let groupsShown = 3

    /// Of numbers it is a note: measuring twice seldom gives the same.
    static func contradictions(_ data: ExaminedData, _ found: ContradictingRows) -> Diagnostic {
        let (table, targets) = (data.parts[0].table, data.targets)
        func text(_ row: Int32) -> String { targets.map { Shown.text(table.text(row, $0)) }.joined(separator: " ") }
        func words(_ group: [Int32]) -> String {
            var texts: [String] = []
            for row in group where !texts.contains(text(row)) { texts.append(text(row)) }
            let numbers = Shown.list(group.prefix(5).map { "\(table.line(ofRow: Int($0)))" }) + (group.count > 5 ? " ..." : "")
            return "\(table.source.unit.rawValue)s \(numbers) (\(texts.prefix(4).joined(separator: ", "))\(texts.count > 4 ? ", ..." : ""))"
        }
        let shown = found.groups.prefix(groupsShown).map(words).joined(separator: "; ")
        let rest = found.groups.count > groupsShown ? "; and \(found.groups.count - groupsShown) more groups" : ""
        let first = found.groups[0][0]
        let other = found.groups[0].first { text($0) != text(first) } ?? found.groups[0][1]
        var isOfNumbers = false
        if case .values = data.encoded.targets { isOfNumbers = true }
        let percent = found.best.map { Shown.number(($0 * 1000).rounded(.down) / 10) }
        let related =
            table.range(ofRow: Int(first), column: targets[0].request.index).map { [Label($0, "the same features, and another target")] } ?? []
        return Diagnostic(
            isOfNumbers ? "N1751" : "W1750", "\(found.rowCount) training rows have the features of another and a different target: \(shown)\(rest)",
            at: table.place(other, targets[0]), related: related,
            notes: [
                percent.map { "whatever is learnt, at most \($0) % of the training rows can be right" }
                    ?? (isOfNumbers ? "the best that can be predicted for them is their mean" : "no network gets all of them right")
            ],
            fix: "mend targets that are wrong, or add a feature that tells these rows apart")
    }
}
