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

    /// Precondition: the table's first columns are those of the transforms, in order, then come those of the target, and that of the weights.
    /// Errors: new categories, unknown labels, numbers beyond the precision; all in one pass.
    func encode(_ transforms: [FeatureTransform], _ target: TargetEncoding?, rows: [Int32]) throws(Stopped) -> Part {
        guard let inputs = inputs(transforms, rows) else {
            try sink.throwIfErrors()
            throw sink.fail(.noMemoryForData(table.source.name, table.source.byteCount))
        }
        let columns = table.columns[transforms.count...].prefix(target?.names.count ?? 0)
        let targets: Targets =
            switch target {
            case .classes(_, let classes): .classes(labels(columns.first, classes, rows))
            case .values: .values(values(Array(columns), rows))
            case .labels: .labels(booleans(Array(columns), rows))
            case nil: .classes([])
            }
        try sink.throwIfErrors()
        return Part(inputs: inputs, targets: targets, rowNumbers: rows, weights: table.weights.map { column in rows.map { column.numbers[Int($0)] } })
    }

    // MARK: Inputs

    /// Shapes: [rows][width], row-major. nil if the system has no memory.
    ///
    /// Memory: 4 or 8 bytes per element, beside the columns, which stay.
    private func inputs(_ transforms: [FeatureTransform], _ rows: [Int32]) -> Matrix? {
        var encoding = InputEncoding(rows: rows)
        var numberColumns: [TableColumn] = []
        // Messages come in the order of the columns, so those on numbers wait for a place among those on categories.
        var messages: [[Diagnostic]] = transforms.map { _ in [] }
        for (index, (transform, column)) in zip(transforms, table.columns).enumerated() {
            switch transform.kind {
            case .number(_, let center, let scale, let fill):
                encoding.numbers.append(
                    InputEncoding.NumberColumn(values: column.numbers, place: encoding.width, center: center, scale: scale, fill: fill ?? .nan))
                numberColumns.append(column)
            case .category(let known, let unseen, let fill):
                let (places, unknown) = oneHot(column, known, fill, rows)
                encoding.categories.append(InputEncoding.CategoryColumn(places: places, first: encoding.width))
                messages[index] += unseenMessages(column, known, unseen, unknown)
            case .ordinal(let known, _, let center, let scale, let fill):
                let values = known.indices.map { (Double($0) - center) / scale }
                encoding.coded.append(coded(column, known, values, other: .nan, fill, at: encoding.width))
                messages[index] += unseenMessages(column, known, .error, unknown(column, known, rows))
            case .index(let known, let unseen, let fill):
                encoding.coded.append(coded(column, known, known.indices.map(Double.init), other: Double(known.count), fill, at: encoding.width))
                messages[index] += unseenMessages(column, known, unseen, unknown(column, known, rows))
            case .boolean(let fill):
                let values = column.texts.texts.map { BooleanText.value(of: $0).map { $0 ? 1.0 : 0.0 } ?? .nan }
                encoding.coded.append(
                    InputEncoding.CodedColumn(codes: column.codes, values: values, fill: fill ?? .nan, place: encoding.width))
            }
            encoding.width += transform.width
            if transform.hasIndicator { encoding.indicators.append(InputEncoding.IndicatorColumn(column: column, place: encoding.width - 1)) }
        }
        let filled = encoding
        var isFinite: [Bool] = []
        let matrix = Matrix(rows: rows.count, columns: filled.width, precision: precision) { base in
            let count = rows.count * filled.width
            switch precision {
            case .float32: isFinite = filled.write(to: base.bindMemory(to: Float.self, capacity: count), threads: threads)
            case .float64: isFinite = filled.write(to: base.bindMemory(to: Double.self, capacity: count), threads: threads)
            }
        }
        var number = 0
        for (index, transform) in transforms.enumerated() {
            guard case .number = transform.kind else { continue }
            if matrix != nil, !isFinite[number] { messages[index].append(beyond(filled.numbers[number], numberColumns[number], rows)) }
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

    /// A column of categories as numbers, `values` in the order of the table.
    private func coded(
        _ column: TableColumn, _ categories: [String], _ values: [Double], other: Double, _ fill: String?, at place: Int
    ) -> InputEncoding.CodedColumn {
        let known = TextTable(categories)
        func value(_ text: String) -> Double { known.number(of: text).map { values[Int($0)] } ?? other }
        return InputEncoding.CodedColumn(codes: column.codes, values: column.texts.texts.map(value), fill: fill.map(value) ?? .nan, place: place)
    }

    /// Rows of categories that are not in the table.
    func unknown(_ column: TableColumn, _ categories: [String], _ rows: [Int32]) -> Places {
        let known = TextTable(categories)
        let isUnknown = column.texts.texts.map { known.number(of: $0) == nil }
        var unknown = Places()
        guard isUnknown.contains(true) else { return unknown }
        for row in rows where column.codes[Int(row)] >= 0 && isUnknown[Int(column.codes[Int(row)])] { unknown.add(Int(row)) }
        return unknown
    }

    private func unseenMessages(_ column: TableColumn, _ known: [String], _ unseen: DataSpec.Unseen, _ unknown: Places) -> [Diagnostic] {
        guard let place = unknown.rows.first else { return [] }
        switch unseen {
        case .error: return [.unseenCategory(table, column, unknown, categories: known)]
        case .other: return tellsOfOthers ? [Diagnostic.categoriesAsOther(table, column, first: place)(unknown.count)] : []
        }
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

    /// Of columns whose texts have been checked.
    private func booleans(_ columns: [TableColumn], _ rows: [Int32]) -> Matrix {
        var values = [Double](repeating: 0, count: rows.count * columns.count)
        for (place, column) in columns.enumerated() {
            let isTrue = column.texts.texts.map { BooleanText.value(of: $0) == true }
            for (index, row) in rows.enumerated() where isTrue[Int(column.codes[Int(row)])] { values[index * columns.count + place] = 1 }
        }
        return Matrix(rows: rows.count, columns: columns.count, values: values, precision: precision)
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
            if let fill = transform.fillText { filled.append((transform.name, count, fill)) }
        }
        if !filled.isEmpty { sink.emit(.filled(filled, file)) }
    }
}
