import Diagnostics
import SpecLanguage

/// Turns rows of a table into a part, by transforms that have been fitted.
struct PartEncoding {
    let table: DataTable
    let precision: TrainingSpec.Precision
    /// Whether the loss is kl_divergence.
    let comparesDistributions: Bool
    let sink: DiagnosticSink

    /// Precondition: the table's first columns are those of the transforms, in order, then come those of the target.
    /// Errors: new categories, unknown labels, numbers beyond the precision; all in one pass.
    func encode(_ transforms: [FeatureTransform], _ target: TargetEncoding?, rows: [Int32]) throws(Stopped) -> Part {
        let inputs =
            switch precision {
            case .float32:
                Matrix(rows: rows.count, columns: width(transforms), storage: .float32(self.inputs(transforms, rows, zero: 0) { Float($0) }))
            case .float64: Matrix(rows: rows.count, columns: width(transforms), storage: .float64(self.inputs(transforms, rows, zero: 0) { $0 }))
            }
        let columns = table.columns[transforms.count...]
        let targets: Targets =
            switch target {
            case .classes(_, let classes): .classes(labels(columns.first, classes, rows))
            case .values: .values(values(Array(columns), rows))
            case nil: .classes([])
            }
        try sink.throwIfErrors()
        return Part(inputs: inputs, targets: targets, rowNumbers: rows)
    }

    private func width(_ transforms: [FeatureTransform]) -> Int { transforms.reduce(0) { $0 + $1.width } }

    // MARK: Inputs

    /// Shapes: [rows][width], row-major.
    private func inputs<Scalar: BinaryFloatingPoint>(
        _ transforms: [FeatureTransform], _ rows: [Int32], zero: Scalar, round: (Double) -> Scalar
    ) -> [Scalar] {
        let width = width(transforms)
        var matrix = [Scalar](repeating: zero, count: rows.count * width)
        var first = 0
        for (transform, column) in zip(transforms, table.columns) {
            switch transform.kind {
            case .number(_, let center, let scale, let fill):
                var beyond = Places()
                for (index, row) in rows.enumerated() {
                    let raw = column.numbers[Int(row)]
                    let value = round(((raw.isNaN ? fill ?? raw : raw) - center) / scale)
                    if !value.isFinite { beyond.add(Int(row)) }
                    matrix[index * width + first] = value
                }
                if beyond.count > 0 { sink.emit(.beyondPrecision(table, column, beyond, precision, isNormalized: true)) }
            case .category(let categories, let unseen, let fill):
                for (index, number) in oneHot(column, categories, unseen, fill, rows).enumerated() where number >= 0 {
                    matrix[index * width + first + Int(number)] = 1
                }
            }
            first += transform.width
        }
        return matrix
    }

    /// The place in the table of categories for each row, -1 for none of them.
    private func oneHot(_ column: ColumnReader, _ categories: [String], _ unseen: DataSpec.Unseen, _ fill: String?, _ rows: [Int32]) -> [Int32] {
        let known = TextTable(categories)
        let numbers = column.texts.texts.map { known.number(of: $0) ?? -1 }
        let filled = fill.flatMap { known.number(of: $0) } ?? -1
        var unknown = Places()
        let result = rows.map { row in
            let code = column.codes[Int(row)]
            if code < 0 { return filled }
            if numbers[Int(code)] < 0 { unknown.add(Int(row)) }
            return numbers[Int(code)]
        }
        guard let first = unknown.rows.first else { return result }
        switch unseen {
        case .error: sink.emit(.unseenCategory(table, column, unknown, categories: categories))
        case .other: sink.emit(.categoriesAsOther(unknown.count, table, column, first: first))
        }
        return result
    }

    // MARK: Targets

    private func labels(_ column: ColumnReader?, _ classes: [String], _ rows: [Int32]) -> [Int32] {
        guard let column else { return [] }
        let (numbers, problem) = PartEncoding.classNumbers(table, column, classes, rows)
        if let problem { sink.emit(problem) }
        return numbers
    }

    /// Class number of each row, and the error on labels that are no classes.
    static func classNumbers(_ table: DataTable, _ column: ColumnReader, _ classes: [String], _ rows: [Int32]) -> ([Int32], Diagnostic?) {
        let known = TextTable(classes)
        let numbers = column.texts.texts.map { known.number(of: $0) ?? -1 }
        var counts = [Int](repeating: 0, count: numbers.count)
        var firstUnknown: Int32?
        let result = rows.map { row in
            let code = Int(column.codes[Int(row)])
            if numbers[code] < 0 {
                counts[code] += 1
                firstUnknown = firstUnknown ?? row
            }
            return numbers[code]
        }
        guard let firstUnknown else { return (result, nil) }
        let labels = counts.indices.filter { counts[$0] > 0 }.map { (text: column.texts.text($0), count: counts[$0]) }
        return (result, .unknownLabels(table, column, labels, first: firstUnknown, classes: classes))
    }

    private func values(_ columns: [ColumnReader], _ rows: [Int32]) -> Matrix {
        var values = [Double](repeating: 0, count: rows.count * columns.count)
        for (place, column) in columns.enumerated() {
            var beyond = Places()
            for (index, row) in rows.enumerated() {
                let value = column.numbers[Int(row)]
                if precision == .float32, !Float(value).isFinite { beyond.add(Int(row)) }
                values[index * columns.count + place] = value
            }
            if beyond.count > 0 { sink.emit(.beyondPrecision(table, column, beyond, precision)) }
        }
        if comparesDistributions { checkDistributions(values, columns, rows) }
        return Matrix(rows: rows.count, columns: columns.count, values: values, precision: precision)
    }

    /// Numerics: sums may be off by 1e-3, as tables hold rounded shares.
    private func checkDistributions(_ values: [Double], _ columns: [ColumnReader], _ rows: [Int32]) {
        var count = 0
        var first: (row: Int32, column: Int, value: Double, isSum: Bool)?
        for (index, row) in rows.enumerated() {
            let shares = values[index * columns.count..<(index + 1) * columns.count]
            let sum = shares.reduce(0, +)
            let negative = shares.firstIndex { $0 < 0 }.map { $0 - shares.startIndex }
            guard negative != nil || (sum - 1).magnitude > 1e-3 else { continue }
            count += 1
            if first == nil { first = (row, negative ?? 0, negative.map { shares[shares.startIndex + $0] } ?? sum, negative == nil) }
        }
        guard let first else { return }
        let column = columns[first.column]
        sink.emit(
            .notADistribution(table, column, first.row, value: first.value, isSum: first.isSum, count: count, names: columns.map(\.request.name)))
    }

    /// Tells how many gaps of these rows were filled, and with what.
    func noteFills(_ transforms: [FeatureTransform], rows: [Int32]) {
        var filled: [(name: String, count: Int, fill: String)] = []
        for (transform, column) in zip(transforms, table.columns) where column.missing.count > 0 {
            let count = rows.count { column.isMissing(Int($0)) }
            switch transform.kind {
            case .number(_, _, _, let fill?): filled.append((transform.name, count, Shown.number(fill)))
            case .category(_, _, let fill?): filled.append((transform.name, count, Shown.text(fill)))
            default: break
            }
        }
        filled.removeAll { $0.count == 0 }
        if !filled.isEmpty { sink.emit(.filled(filled, table.source.file.name)) }
    }
}
