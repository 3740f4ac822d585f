import Diagnostics
import SpecLanguage

/// Turns rows of a table into a part, by transforms that have been fitted.
struct PartEncoding {
    let table: DataTable
    let precision: TrainingSpec.Precision
    /// Whether the loss is kl_divergence.
    let comparesDistributions: Bool
    var threads = Team.coreCount
    /// Whether to warn of categories taken as none of the known ones.
    var tellsOfOthers = true
    let sink: DiagnosticSink

    /// Precondition: the table's first columns are those of the transforms, in order, then come those of the target.
    /// Errors: new categories, unknown labels, numbers beyond the precision; all in one pass.
    func encode(_ transforms: [FeatureTransform], _ target: TargetEncoding?, rows: [Int32]) throws(Stopped) -> Part {
        guard let inputs = inputs(transforms, rows) else {
            try sink.throwIfErrors()
            throw sink.fail(.noMemoryForData(table.source.name, table.source.byteCount))
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

    // MARK: Inputs

    /// Shapes: [rows][width], row-major. nil if the system has no memory.
    ///
    /// Memory: 4 or 8 bytes per element, beside the columns, which stay.
    private func inputs(_ transforms: [FeatureTransform], _ rows: [Int32]) -> Matrix? {
        var first = 0
        var (numbers, categories): ([InputEncoding.NumberColumn], [InputEncoding.CategoryColumn]) = ([], [])
        var numberColumns: [TableColumn] = []
        // Messages come in the order of the columns, so those on numbers wait for a place among those on categories.
        var messages: [[Diagnostic]] = transforms.map { _ in [] }
        for (index, (transform, column)) in zip(transforms, table.columns).enumerated() {
            switch transform.kind {
            case .number(_, let center, let scale, let fill):
                numbers.append(
                    InputEncoding.NumberColumn(values: column.numbers, place: first, center: center, scale: scale, fill: fill ?? .nan))
                numberColumns.append(column)
            case .category(let known, let unseen, let fill):
                let (places, unknown) = oneHot(column, known, fill, rows)
                categories.append(InputEncoding.CategoryColumn(places: places, first: first))
                if let place = unknown.rows.first {
                    switch unseen {
                    case .error: messages[index].append(.unseenCategory(table, column, unknown, categories: known))
                    case .other: if tellsOfOthers { messages[index].append(Diagnostic.categoriesAsOther(table, column, first: place)(unknown.count)) }
                    }
                }
            }
            first += transform.width
        }
        let encoding = InputEncoding(numbers: numbers, categories: categories, rows: rows, width: first)
        var isFinite: [Bool] = []
        let matrix = Matrix(rows: rows.count, columns: first, precision: precision) { base in
            let count = rows.count * encoding.width
            switch precision {
            case .float32: isFinite = encoding.write(to: base.bindMemory(to: Float.self, capacity: count), threads: threads)
            case .float64: isFinite = encoding.write(to: base.bindMemory(to: Double.self, capacity: count), threads: threads)
            }
        }
        var number = 0
        for (index, transform) in transforms.enumerated() {
            guard case .number = transform.kind else { continue }
            if matrix != nil, !isFinite[number] { messages[index].append(beyond(numbers[number], numberColumns[number], rows)) }
            number += 1
        }
        for message in messages.joined() { sink.emit(message) }
        return matrix
    }

    private func beyond(_ number: InputEncoding.NumberColumn, _ column: TableColumn, _ rows: [Int32]) -> Diagnostic {
        var places = Places()
        for row in rows {
            let raw = number.values[Int(row)]
            let value = ((raw.isNaN ? number.fill : raw) - number.center) / number.scale
            if precision == .float32 ? !Float(value).isFinite : !value.isFinite { places.add(Int(row)) }
        }
        return .beyondPrecision(table, column, places, precision, isNormalized: true)
    }

    /// The place in the table of categories for each row, -1 for none of them, and the rows of categories that are not in the table.
    func oneHot(_ column: TableColumn, _ categories: [String], _ fill: String?, _ rows: [Int32]) -> (places: [Int32], unknown: Places) {
        let known = TextTable(categories)
        let numbers = column.texts.texts.map { known.number(of: $0) ?? -1 }
        let filled = fill.flatMap { known.number(of: $0) } ?? -1
        var unknown = Places()
        let places = rows.map { row in
            let code = column.codes[Int(row)]
            if code < 0 { return filled }
            if numbers[Int(code)] < 0 { unknown.add(Int(row)) }
            return numbers[Int(code)]
        }
        return (places, unknown)
    }

    // MARK: Targets

    private func labels(_ column: TableColumn?, _ classes: [String], _ rows: [Int32]) -> [Int32] {
        guard let column else { return [] }
        let (numbers, problem) = PartEncoding.classNumbers(table, column, classes, rows)
        if let problem { sink.emit(problem) }
        return numbers
    }

    /// Class number of each row, and the error on labels that are no classes.
    static func classNumbers(_ table: DataTable, _ column: TableColumn, _ classes: [String], _ rows: [Int32]) -> ([Int32], Diagnostic?) {
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

    private func values(_ columns: [TableColumn], _ rows: [Int32]) -> Matrix {
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
    private func checkDistributions(_ values: [Double], _ columns: [TableColumn], _ rows: [Int32]) {
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
        PartEncoding.noteFills(transforms, counts: fillCounts(transforms, rows: rows), file: table.source.name, sink: sink)
    }

    /// Gaps of these rows in each column.
    func fillCounts(_ transforms: [FeatureTransform], rows: [Int32]) -> [Int] {
        zip(transforms, table.columns).map { _, column in column.missing.count == 0 ? 0 : rows.count { column.isMissing(Int($0)) } }
    }

    static func noteFills(_ transforms: [FeatureTransform], counts: [Int], file: String, sink: DiagnosticSink) {
        var filled: [(name: String, count: Int, fill: String)] = []
        for (transform, count) in zip(transforms, counts) where count > 0 {
            switch transform.kind {
            case .number(_, _, _, let fill?): filled.append((transform.name, count, Shown.number(fill)))
            case .category(_, _, let fill?): filled.append((transform.name, count, Shown.text(fill)))
            default: break
            }
        }
        if !filled.isEmpty { sink.emit(.filled(filled, file)) }
    }
}
