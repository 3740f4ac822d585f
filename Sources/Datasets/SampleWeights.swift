import Diagnostics
import SpecLanguage

/// The column of `data.sample_weight`: finite numbers from 0, of which some are above 0 in every part.
enum SampleWeights {
    /// Rows that weigh less than nothing; nil if there are none.
    static func negative(_ column: TableColumn) -> Places? {
        var places = Places()
        for row in 0..<column.numbers.count where column.numbers[row] < 0 { places.add(row) }
        return places.count > 0 ? places : nil
    }

    /// What is divided by the sum of the weights needs one, in the precision of the training too.
    ///
    /// - Parameter name: "train", "validation", "test"; nil for a file as a whole.
    static func check(_ part: Part, _ name: String?, _ table: DataTable, _ precision: TrainingSpec.Precision, sink: DiagnosticSink) {
        guard let weights = part.weights, let column = table.weights, let first = part.rowNumbers.first else { return }
        let isNothing = weights.allSatisfy { (precision == .float32 ? Double(Float($0)) : $0) == 0 }
        if isNothing { return sink.emit(.weighsNothing(table, column, name, first: first, isRounded: weights.contains { $0 > 0 })) }
        guard !weights.reduce(0, +).isFinite, let place = weights.indices.max(by: { weights[$0] < weights[$1] }) else { return }
        sink.emit(.weightsTooLarge(table, column, largest: part.rowNumbers[place]))
    }
}

extension ColumnRequest {
    static func weights(_ name: String, at index: Int, missingValues: [String]) -> ColumnRequest {
        var request = ColumnRequest(index: index, name: name, mode: .number, missingValues: missingValues)
        request.isWeight = true
        return request
    }
}

extension Diagnostic {
    static func weighsNothing(_ table: DataTable, _ column: TableColumn, _ part: String?, first: Int32, isRounded: Bool) -> Diagnostic {
        let rows = part.map { $0 == "train" ? "all training rows" : "all \($0) rows" } ?? "all rows"
        return Diagnostic(
            "E1274", "\(rows) weigh 0: column \(Shown.text(column.request.name)) of \(table.source.name)", at: table.place(first, column),
            label: "the first of them", notes: isRounded ? ["numbers below 1e-45 are 0 in float32"] : [],
            fix: table.source.purpose == .trainedModel
                ? "give a row a weight above 0"
                : "give a row of each part a weight above 0, divide the rows otherwise (`seed`, shares, fewer folds), or remove `sample_weight`")
    }

    static func weightsTooLarge(_ table: DataTable, _ column: TableColumn, largest: Int32) -> Diagnostic {
        Diagnostic(
            "E1275", "the weights of column \(Shown.text(column.request.name)) of \(table.source.name) add up to more than a number holds",
            at: table.place(largest, column), label: "the largest", fix: "scale the column down: only the ratios of weights count")
    }
}
