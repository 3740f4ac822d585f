import Diagnostics
import SpecLanguage

/// What a column of numbers is shifted and divided by.
package struct Scaling: Equatable, Sendable {
    package var center: Double
    package var scale: Double
    package var isConstant: Bool

    package init(center: Double, scale: Double, isConstant: Bool) {
        self.center = center
        self.scale = scale
        self.isConstant = isConstant
    }

    /// Fits to values, none of them NaN, at least one.
    ///
    /// Numerics: population deviation in two passes with the residual of the mean taken out (Chan, Golub, LeVeque, 1983); sums in the order
    /// of the rows. Values that differ by rounding noise only are constant.
    package static func fit(_ values: [Double], _ normalize: DataSpec.Normalize) -> Scaling {
        guard normalize != .none else { return Scaling(center: 0, scale: 1, isConstant: false) }
        var (low, high) = (values[0], values[0])
        for value in values { (low, high) = (min(low, value), max(high, value)) }
        if high - low <= 4 * .ulpOfOne * max(abs(low), abs(high)) { return Scaling(center: low, scale: 1, isConstant: true) }
        switch normalize {
        case .minmax: return Scaling(center: low, scale: high - low, isConstant: false)
        case .robust:
            let sorted = values.sorted()
            let range = quantile(sorted, 0.75) - quantile(sorted, 0.25)
            return Scaling(center: quantile(sorted, 0.5), scale: range > 0 ? range : 1, isConstant: false)
        case .zscore, .none:
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            var (squares, residual) = (0.0, 0.0)
            for value in values {
                squares += (value - mean) * (value - mean)
                residual += value - mean
            }
            return Scaling(center: mean, scale: ((squares - residual * residual / count) / count).squareRoot(), isConstant: false)
        }
    }

    var isFinite: Bool { center.isFinite && scale.isFinite && scale > 0 }

    /// Linear between neighbours, as NumPy's `quantile`.
    static func quantile(_ sorted: [Double], _ fraction: Double) -> Double {
        let position = fraction * Double(sorted.count - 1)
        let below = Int(position)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
    }
}

/// Fits the transform of each feature to the training rows, and to no others.
struct ColumnFitting {
    let table: DataTable
    /// Training rows.
    let rows: [Int32]
    let sink: DiagnosticSink

    /// Errors: no value, too many categories, fills that do not fit, numbers too large; all columns in one pass.
    func fit(_ features: [FeatureSettings]) throws(Stopped) -> [FeatureTransform] {
        var transforms: [FeatureTransform] = []
        var constant: [ColumnReader] = []
        for (settings, column) in zip(features, table.columns) {
            let kind = column.isCategory ? category(settings, column) : number(settings, column, &constant)
            if let kind { transforms.append(FeatureTransform(name: settings.name.value, kind: kind, missingValues: settings.missingValues)) }
        }
        try sink.throwIfErrors()
        if let first = constant.first {
            sink.emit(
                .constantColumns(
                    constant.map(\.request.name), table.source.file.name, at: table.headerRange(first),
                    isListed: features.contains { $0.entry != nil }))
        }
        return transforms
    }

    // MARK: Numbers

    private func number(_ settings: FeatureSettings, _ column: ColumnReader, _ constant: inout [ColumnReader]) -> FeatureTransform.Kind? {
        var values = rows.map { column.numbers[Int($0)] }
        let present = values.filter { !$0.isNaN }
        guard !present.isEmpty else {
            sink.emit(.noValue(table, column, rows: rows.count, part: "training "))
            return nil
        }
        var fill: Double?
        switch settings.missing.value {
        case .error, .dropRow: break
        case .mean: fill = present.reduce(0, +) / Double(present.count)
        case .median: fill = Scaling.quantile(present.sorted(), 0.5)
        case .mode: fill = ColumnFitting.mode(present)
        case .constant(let text):
            guard case .number(let value) = NumberParser.parse(text) else {
                sink.emit(.constantNotANumber(text, settings.name.value, at: settings.missing.range))
                return nil
            }
            fill = value
        }
        // The filled values count, as they will be what the network sees.
        if let fill { for index in values.indices where values[index].isNaN { values[index] = fill } }
        let scaling = Scaling.fit(values, settings.normalize)
        guard scaling.isFinite, fill?.isFinite != false else {
            sink.emit(.tooLargeToNormalize(table, column, rows, settings.normalize))
            return nil
        }
        if scaling.isConstant { constant.append(column) }
        return .number(normalize: settings.normalize, center: scaling.center, scale: scaling.scale, fill: fill)
    }

    /// The most frequent value, of equals the smallest.
    static func mode(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        var (best, bestCount, start) = (sorted[0], 0, 0)
        for index in sorted.indices {
            if sorted[index] != sorted[start] { start = index }
            if index - start + 1 > bestCount { (best, bestCount) = (sorted[start], index - start + 1) }
        }
        return best
    }

    // MARK: Categories

    private func category(_ settings: FeatureSettings, _ column: ColumnReader) -> FeatureTransform.Kind? {
        var counts = [Int](repeating: 0, count: column.texts.count)
        for row in rows where column.codes[Int(row)] >= 0 { counts[Int(column.codes[Int(row)])] += 1 }
        let present = counts.indices.filter { counts[$0] > 0 }.sorted(by: column.texts.precedes)
        guard !present.isEmpty else {
            sink.emit(.noValue(table, column, rows: rows.count, part: "training "))
            return nil
        }
        var categories = settings.categories ?? present.map(column.texts.text)
        var fill: String?
        switch settings.missing.value {
        case .error, .dropRow: break
        case .mean, .median:
            if column.missing.count > 0 {
                sink.emit(.fillNeedsNumbers(table, column, settings.missing.value == .mean ? "mean" : "median", at: settings.missing.range))
            }
        case .mode:
            fill = present.max { counts[$0] != counts[$1] ? counts[$0] < counts[$1] : column.texts.precedes($1, $0) }.map(column.texts.text)
        case .constant(let text):
            fill = text
            if TextTable(categories).number(of: text) == nil {
                categories.append(text)
                categories.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
        }
        check(categories, settings, column)
        return .category(categories: categories, unseen: settings.unseen, fill: fill)
    }

    private func check(_ categories: [String], _ settings: FeatureSettings, _ column: ColumnReader) {
        if categories.count > settings.maxCategories.value, settings.categories == nil {
            sink.emit(.tooManyCategories(table, column, found: categories.count, limit: settings.maxCategories))
        }
        if let twins = column.texts.twins(among: categories) { sink.emit(.sameTextTwice(table, column, twins.first, twins.second)) }
    }
}
