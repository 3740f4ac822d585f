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
    /// - Parameter name: "train", "validation", "test".
    static func check(_ part: Part, _ name: String, _ table: DataTable, _ precision: TrainingSpec.Precision, sink: DiagnosticSink) {
        var sum = Sum(name, precision)
        sum.add(part, table, sink: sink)
        sum.check(sink: sink)
    }

    /// The weights of a part, or of a file whose rows come some at a time.
    struct Sum {
        /// nil for a file as a whole.
        private let name: String?
        private let precision: TrainingSpec.Precision
        private var total = 0.0
        private var isNothing = true
        private var hasTraces = false
        /// What is told if all of them weigh nothing; nil if there are no weights.
        private var complaint: ((_ isRounded: Bool) -> Diagnostic)?

        init(_ name: String?, _ precision: TrainingSpec.Precision) { (self.name, self.precision) = (name, precision) }

        /// Errors: E1275, as soon as it shows.
        mutating func add(_ part: Part, _ table: DataTable, sink: DiagnosticSink) {
            guard let weights = part.weights, let column = table.weights, let first = part.rowNumbers.first else { return }
            if complaint == nil {
                let messages = [false, true].map { Diagnostic.weighsNothing(table, column, name, first: first, isRounded: $0) }
                complaint = { messages[$0 ? 1 : 0] }
            }
            isNothing = isNothing && weights.allSatisfy { (precision == .float32 ? Double(Float($0)) : $0) == 0 }
            hasTraces = hasTraces || weights.contains { $0 > 0 }
            let wasFinite = total.isFinite
            total = weights.reduce(total, +)
            guard wasFinite, !total.isFinite, let place = weights.indices.max(by: { weights[$0] < weights[$1] }) else { return }
            sink.emit(.weightsTooLarge(table, column, largest: part.rowNumbers[place]))
        }

        /// Behind the last row. Errors: E1274.
        func check(sink: DiagnosticSink) {
            if isNothing, let complaint { sink.emit(complaint(hasTraces)) }
        }
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
