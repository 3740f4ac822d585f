import Datasets
import Diagnostics
import SpecLanguage

// Findings of `check --data`: nothing is wrong by itself, but the result will not be what it seems.
extension Diagnostic {
    private static func exclude(_ column: TableColumn) -> String { "write `exclude: [\(YAMLText.scalar(column.request.name))]` under data if it is" }

    static func sameColumns(_ table: DataTable, _ first: TableColumn, _ second: TableColumn) -> Diagnostic {
        Diagnostic(
            "W1501",
            "columns \(Shown.text(first.request.name)) and \(Shown.text(second.request.name)) of \(table.source.name) are the same in every row",
            at: table.headerRange(second), related: table.headerRange(first).map { [Label($0, "the same values")] } ?? [],
            fix: "one of them is enough: write `exclude: [\(YAMLText.scalar(second.request.name))]` under data")
    }

    static func sameRows(
        _ part: ExaminedData.Part, _ train: ExaminedData.Part, _ found: [(row: Int32, twin: Int32)]
    ) -> Diagnostic {
        let (column, other) = (part.table.columns[0], train.table.columns[0])
        let pairs = found.prefix(3).map { "\(part.table.whereabouts($0.row, column)) as \(train.table.whereabouts($0.twin, other))" }
        let rest = found.count > 3 ? " and \(found.count - 3) more" : ""
        return Diagnostic(
            "W1502",
            "\(Shown.count(found.count, "row")) of the \(part.name) part also \(found.count == 1 ? "stands" : "stand") among the training rows: "
                + pairs.joined(separator: ", ") + rest,
            at: part.table.place(found[0].row, column), notes: ["what the network has learnt by heart looks like skill there"],
            fix: "take repeated rows out of the file")
    }

    static func tellsClasses(_ table: DataTable, _ feature: TableColumn, _ target: TableColumn, share: Double) -> Diagnostic {
        let percent = Shown.number((share * 1000).rounded(.down) / 10)
        return Diagnostic(
            "W1503",
            "feature \(Shown.text(feature.request.name)) alone tells target \(Shown.text(target.request.name)) in \(percent) % of the training rows",
            at: table.headerRange(feature), related: table.headerRange(target).map { [Label($0, "what it tells")] } ?? [],
            fix: "is it known before the target is, or another form of it? \(exclude(feature))")
    }

    static func tellsNumbers(_ table: DataTable, _ feature: TableColumn, _ target: TableColumn) -> Diagnostic {
        Diagnostic(
            "W1504",
            "feature \(Shown.text(feature.request.name)) is target \(Shown.text(target.request.name)) but for scale and shift, in every training row",
            at: table.headerRange(feature), related: table.headerRange(target).map { [Label($0, "what it tells")] } ?? [],
            fix: "is it known before the target is, or another form of it? \(exclude(feature))")
    }

    static func imbalance(_ table: DataTable, _ target: TableColumn, _ largest: ClassRows, of total: Int) -> Diagnostic {
        let percent = Shown.number((largest.share * 1000).rounded() / 10)
        let words = "\(percent) % of them" + (table.weights == nil ? "" : ", by weight")
        return Diagnostic(
            "W1505", "\(largest.rows) of \(total) training rows are \(Shown.text(largest.name)): always to answer it is right in \(words)",
            at: table.headerRange(target), notes: ["accuracy says little here"],
            fix: "watch `balanced_accuracy` or `f1`, and set `class_weights: balanced`")
    }

    static func outliers(_ table: DataTable, _ column: TableColumn, _ outliers: Outliers) -> Diagnostic {
        let places = outliers.rows.map { "\(table.text($0, column)) in \(table.whereabouts($0, column))" }.joined(separator: ", ")
        let percent = Shown.number((outliers.share * 100).rounded(.down))
        return Diagnostic(
            "W1506",
            "\(Shown.count(outliers.rows.count, "value")) of column \(Shown.text(column.request.name)) "
                + "\(outliers.rows.count == 1 ? "makes" : "make") \(percent) % of its variance: \(places)",
            at: table.place(outliers.rows[0], column), notes: ["scaled by zscore, all other values will lie close together"],
            fix: "mend the value, or write `normalize: none` or `minmax` for this feature if it is right")
    }

    static func nearTexts(_ table: DataTable, _ column: TableColumn, _ pair: NearTexts.Pair) -> Diagnostic {
        let (first, second) = (column.texts.text(pair.first), column.texts.text(pair.second))
        let count = column.codes.count { $0 == Int32(pair.second) }
        return Diagnostic(
            "W1507",
            "\(Shown.text(second)) (\(Shown.count(count, "row"))) and \(Shown.text(first)) of column \(Shown.text(column.request.name)) differ "
                + "by so little that they may be the same",
            at: table.range(ofText: pair.second, column),
            related: table.range(ofText: pair.first, column).map { [Label($0, "nearly the same")] } ?? [],
            fix: "write them the same way if they mean the same")
    }

    static func looksLikeID(_ table: DataTable, _ column: TableColumn, _ facts: ColumnFacts) -> Diagnostic {
        Diagnostic(
            "W1508",
            "column \(Shown.text(column.request.name)) looks like an id: its \(facts.distinct) values are all different"
                + (column.kind == .categories ? "" : " whole numbers"),
            at: table.headerRange(column), fix: "an id tells nothing about rows that are to come: \(exclude(column))")
    }

    static func oneValue(_ table: DataTable, _ column: TableColumn) -> Diagnostic {
        Diagnostic(
            "W1509",
            "column \(Shown.text(column.request.name)) of \(table.source.name) has one value in all training rows: nothing can be learnt from it",
            at: table.headerRange(column), fix: "write `exclude: [\(YAMLText.scalar(column.request.name))]` under data")
    }
}
