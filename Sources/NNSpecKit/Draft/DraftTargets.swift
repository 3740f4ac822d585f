import Datasets
import Diagnostics

/// The columns that a draft predicts, and why these: one, or several of one kind.
struct DraftTargets {
    enum Kind { case one, labels, numbers }

    let columns: [ColumnProfile]
    let kind: Kind
    let reason: String

    /// - Parameter wanted: names; guessed if there are none.
    /// Errors: E1601, E1602, E1605 (an empty column of a usual name), E1610 (several of different kinds).
    init(_ table: TableProfile, wanted: [String], sink: DiagnosticSink) throws(Stopped) {
        if wanted.isEmpty {
            self = try Self.guessed(table, sink: sink)
        } else {
            var columns: [ColumnProfile] = []
            for name in wanted {
                guard let column = table.columns.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                    throw sink.fail(.draftTargetNotFound(table, name))
                }
                if !columns.contains(where: { $0.index == column.index }) { columns.append(column) }
            }
            guard let kind = Self.kind(columns) else { throw sink.fail(.draftTargetsOfKinds(table, columns)) }
            self.init(columns, kind, "asked for with --target", table)
        }
    }

    private init(_ columns: [ColumnProfile], _ kind: Kind, _ reason: String, _ table: TableProfile) {
        self.columns = kind == .one ? columns.map { Self.withNamedClasses($0, table) } : columns
        self.kind = kind
        self.reason = reason
    }

    /// Several columns are all labels, or all numbers; nil if they are not.
    private static func kind(_ columns: [ColumnProfile]) -> Kind? {
        if columns.count == 1 { return .one }
        if columns.allSatisfy(\.isLabel) { return .labels }
        return columns.allSatisfy { $0.kind == .numbers } ? .numbers : nil
    }

    private static let names = [
        "target", "label", "labels", "class", "y", "outcome", "response", "species", "diagnosis", "survived", "churn",
    ]

    private static func guessed(_ table: TableProfile, sink: DiagnosticSink) throws(Stopped) -> DraftTargets {
        let usable = table.columns.filter { FeatureJudgement.canBeTarget($0, table) }
        for name in names {
            // An empty column of such a name is a mistake of the file, and no reason to predict another one.
            if let column = table.columns.first(where: { $0.name.lowercased() == name && $0.kind == .empty }) {
                throw sink.fail(.draftTargetMissing(table, column, row: 0))
            }
            if let column = usable.first(where: { $0.name.lowercased() == name }) {
                return DraftTargets([column], .one, "a guess: a column of that name mostly is what is to be predicted", table)
            }
        }
        if let (columns, kind) = series(table) { return DraftTargets(columns, kind, "a guess by their names, which go together", table) }
        guard let last = usable.last else { throw sink.fail(.draftWithoutTarget(table)) }
        let isLast = last.index == table.columns.count - 1
        return DraftTargets([last], .one, isLast ? "a guess: the last column" : "a guess: the last column that could be one", table)
    }

    private static let stems = ["label", "labels", "target", "targets", "tag", "tags", "y", "output", "outputs"]

    /// Columns called label_a, label_b, or y1, y2, all of one kind; nil if there are none.
    private static func series(_ table: TableProfile) -> ([ColumnProfile], Kind)? {
        for stem in stems {
            let found = table.columns.filter { belongs($0.name.lowercased(), to: stem) }
            guard found.count > 1, found.count < table.columns.count, found.allSatisfy({ FeatureJudgement.canBeTarget($0, table) }) else { continue }
            if let kind = kind(found) { return (found, kind) }
        }
        return nil
    }

    private static func belongs(_ name: String, to stem: String) -> Bool {
        guard name.hasPrefix(stem), let first = name.dropFirst(stem.count).first else { return false }
        let rest = name.dropFirst(stem.count)
        return rest.allSatisfy { $0.isASCII && $0.isNumber } || "_-.:/ ".contains(first) && rest.count > 1
    }

    /// Classes may be called null: such a word among texts is a gap only where the other columns use it for gaps.
    private static func withNamedClasses(_ target: ColumnProfile, _ table: TableProfile) -> ColumnProfile {
        guard target.kind == .texts else { return target }
        let gapsElsewhere = Set(table.columns.filter { $0.index != target.index }.flatMap(\.missingTexts))
        return target.keeping(Set(target.missingTexts.filter { MissingTexts.isWord($0) && !gapsElsewhere.contains($0) }))
    }
}

extension ColumnProfile {
    /// Whether it tells of each row if it has something: words for true and false, or 1 and 0.
    var isLabel: Bool {
        if isBoolean { return true }
        guard kind == .numbers, facts.isWhole, let range = facts.range else { return false }
        return range.lowerBound >= 0 && range.upperBound <= 1
    }
}
