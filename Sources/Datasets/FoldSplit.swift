import Diagnostics
import SpecLanguage

/// The rows of one fold of a cross-validation: the fold is the validation part, all other rows are trained on.
enum FoldSplit {
    /// - Parameter classes: the class of each row; empty for a regression.
    /// Errors: E1472, E1473, E1474. Warnings: W1472.
    static func divide(
        _ spec: Spec, _ folds: DataSpec.Folds, _ table: DataTable, rows: [Int32], classes: [Int32], names: [String], method: Split.Method,
        sink: DiagnosticSink
    ) throws(Stopped) -> SplitRows {
        let count = folds.count.value
        guard count <= rows.count else { throw sink.fail(.moreFoldsThanRows(folds.count, rows: rows.count, table.source.name)) }
        if case .stratified = method, spec.data.classes == nil { try check(classes, names, folds.count, table, sink: sink) }
        let parts = Split.folds(rows, count: count, method: method, seed: spec.seed.value)
        if parts.contains(where: \.isEmpty), let key = spec.data.splitKey {
            throw sink.fail(.moreFoldsThanKeys(parts.count { !$0.isEmpty }, folds.count, key))
        }
        let own = (folds.fold?.value ?? 1) - 1
        let train = parts.indices.filter { $0 != own }.flatMap { parts[$0] }.sorted()
        return SplitRows(train: train, validation: parts[own])
    }

    /// A class needs a row outside of each fold, and should have one in each.
    private static func check(
        _ classes: [Int32], _ names: [String], _ folds: Sourced<Int>, _ table: DataTable, sink: DiagnosticSink
    ) throws(Stopped) {
        var counts = [Int](repeating: 0, count: names.count)
        for number in classes { counts[Int(number)] += 1 }
        if let single = counts.firstIndex(of: 1) { throw sink.fail(.classOfOneRow(names[single], folds, table.source.name)) }
        let rare = counts.indices.filter { counts[$0] > 0 && counts[$0] < folds.value }.map { (name: names[$0], rows: counts[$0]) }
        if !rare.isEmpty { sink.emit(.rareInFolds(rare, folds)) }
    }
}

extension Diagnostic {
    static func moreFoldsThanRows(_ folds: Sourced<Int>, rows: Int, _ file: String) -> Diagnostic {
        Diagnostic(
            "E1472", "\(folds.value) folds of \(Shown.count(rows, "row")): \(file) has not a row for each", at: folds.range,
            fix: "write at most `folds: \(rows)`, which leaves one row out at a time")
    }

    static func classOfOneRow(_ name: String, _ folds: Sourced<Int>, _ file: String) -> Diagnostic {
        Diagnostic(
            "E1473", "class \(Shown.text(name)) has one row in \(file): the fold that holds it back has none to learn it from", at: folds.range,
            fix: "add rows of the class, leave it out, or list all classes in `data.classes` to train one fold without it")
    }

    static func rareInFolds(_ rare: [(name: String, rows: Int)], _ folds: Sourced<Int>) -> Diagnostic {
        let shown = rare.prefix(10).map { "\(Shown.list([$0.name])) \($0.rows)" }.joined(separator: ", ") + (rare.count > 10 ? ", ..." : "")
        return Diagnostic(
            "W1472", "classes with fewer rows than \(folds.value) folds: \(shown); in some folds they are not measured", at: folds.range,
            fix: "write fewer folds")
    }

    static func moreFoldsThanKeys(_ keys: Int, _ folds: Sourced<Int>, _ key: Sourced<String>) -> Diagnostic {
        Diagnostic(
            "E1474", "\(folds.value) folds of \(Shown.count(keys, "value")) of the key \(Shown.text(key.value)): some would be empty",
            at: folds.range, related: key.range.map { [Label($0, "the key")] } ?? [],
            notes: ["rows with the same value of the key stay in one fold"],
            fix: keys > 1 ? "write at most `folds: \(keys)`" : "choose a key with more values, or another `method`")
    }
}
