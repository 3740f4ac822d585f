import Decimals
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
    /// of the rows. Values that differ by rounding noise only are constant. Where squares or sums would leave the range of Double, the values are
    /// first divided by a power of two, which is exact but for what is too small to matter.
    package static func fit(_ values: [Double], _ normalize: DataSpec.Normalize) -> Scaling {
        guard normalize != .none else { return Scaling(center: 0, scale: 1, isConstant: false) }
        var (low, high) = (values[0], values[0])
        for value in values { (low, high) = (min(low, value), max(high, value)) }
        if let constant = constant(low: low, high: high) { return constant }
        let plain = fit(values, normalize, low: low, high: high)
        if plain.isFinite { return plain }
        let unit = Double(sign: .plus, exponent: max(-1000, min(1000, max(low.magnitude, high.magnitude).exponent)), significand: 1)
        let small = fit(values.map { $0 / unit }, normalize, low: low / unit, high: high / unit)
        return Scaling(center: small.center * unit, scale: small.scale * unit, isConstant: false)
    }

    private static func fit(_ values: [Double], _ normalize: DataSpec.Normalize, low: Double, high: Double) -> Scaling {
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
            return zscore(mean: mean, squares: squares, residual: residual, count: count)
        }
    }

    /// From a first mean and the sums of the differences from it and of their squares. A mean that is off by more than a millionth of the deviation,
    /// as one of small noise on a large pedestal may be, is mended by the mean difference; any other stands as it was summed.
    static func zscore(mean: Double, squares: Double, residual: Double, count: Double) -> Scaling {
        let deviation = ((squares - residual * residual / count) / count).squareRoot()
        let error = residual / count
        return Scaling(center: error.magnitude > 1e-6 * deviation ? mean + error : mean, scale: deviation, isConstant: false)
    }

    /// The scaling of values that differ by rounding noise only; nil for others.
    static func constant(low: Double, high: Double) -> Scaling? {
        guard high - low <= 4 * .ulpOfOne * max(abs(low), abs(high)) else { return nil }
        return Scaling(center: low, scale: 1, isConstant: true)
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
    var threads = Team.coreCount
    let sink: DiagnosticSink

    /// Errors: no value, too many categories, fills that do not fit, numbers too large; all columns in one pass.
    func fit(_ features: [FeatureSettings]) throws(Stopped) -> [FeatureTransform] {
        var transforms: [FeatureTransform] = []
        var constant: [TableColumn] = []
        let numbers = numbers(features)
        for (index, (settings, column)) in zip(features, table.columns).enumerated() {
            let kind: FeatureTransform.Kind?
            if column.isCategory {
                kind = settings.type == .boolean ? boolean(settings, column) : category(settings, column)
                if isConstant(kind, column) { constant.append(column) }
            } else {
                switch numbers[index] {
                case .fitted(let found, let isConstant):
                    kind = found
                    if isConstant { constant.append(column) }
                case .refused(let message):
                    kind = nil
                    sink.emit(message)
                case nil: kind = nil
                }
            }
            if let kind {
                transforms.append(
                    FeatureTransform(
                        name: settings.name.value, kind: kind, missingValues: settings.missingValues, hasIndicator: hasIndicator(settings, column)))
            }
        }
        try sink.throwIfErrors()
        if let first = constant.first {
            sink.emit(
                .constantColumns(
                    constant.map(\.request.name), table.source.name, at: table.headerRange(first),
                    isListed: features.contains { $0.entry != nil }))
        }
        return transforms
    }

    private func hasIndicator(_ settings: FeatureSettings, _ column: TableColumn) -> Bool {
        switch settings.indicator {
        case .always: true
        case .never: false
        case .whereNeeded: column.missing.count > 0 && rows.contains { column.isMissing(Int($0)) }
        }
    }

    /// Whether all training rows have the same category.
    private func isConstant(_ kind: FeatureTransform.Kind?, _ column: TableColumn) -> Bool {
        guard kind != nil, let first = rows.first.map({ column.codes[Int($0)] }) else { return false }
        return rows.allSatisfy { column.codes[Int($0)] == first }
    }

    // MARK: Numbers

    private enum NumberFit {
        case fitted(FeatureTransform.Kind, isConstant: Bool)
        case refused(Diagnostic)
    }

    /// All columns of numbers, eight at a time; nil for the others.
    private func numbers(_ features: [FeatureSettings]) -> [NumberFit?] {
        var result = [NumberFit?](repeating: nil, count: features.count)
        let columns = Array(table.columns.prefix(features.count))
        let lanes = ColumnSums.lanes
        result.withUnsafeMutableBufferPointer { result in
            nonisolated(unsafe) let result = result
            Team.run((features.count + lanes - 1) / lanes, threads: threads) { group in
                let range = group * lanes..<min((group + 1) * lanes, features.count)
                let plain = range.filter { !columns[$0].isCategory && columns[$0].missing.count == 0 && features[$0].fitsInLanes }
                if let sums = ColumnSums(plain.map { columns[$0].numbers }, rows) {
                    for (lane, index) in plain.enumerated() {
                        let scaling = sums.scaling(lane)
                        // Beyond the range of squares the slow way knows more.
                        if scaling.isFinite { result[index] = fitted(scaling, fill: nil, features[index], columns[index]) }
                    }
                }
                for index in range where result[index] == nil && !columns[index].isCategory {
                    result[index] = number(features[index], columns[index])
                }
            }
        }
        return result
    }

    private func number(_ settings: FeatureSettings, _ column: TableColumn) -> NumberFit {
        var values = rows.map { column.numbers[Int($0)] }
        let present = values.filter { !$0.isNaN }
        guard !present.isEmpty else { return .refused(.noValue(table, column, rows: rows.count, part: "training ")) }
        var fill: Double?
        switch settings.missing.value {
        case .error, .dropRow: break
        case .mean: fill = ColumnFitting.mean(present)
        case .median: fill = Scaling.quantile(present.sorted(), 0.5)
        case .mode: fill = ColumnFitting.mode(present)
        case .constant(let text):
            guard case .number(let value) = NumberParser.parse(text) else {
                return .refused(.constantNotANumber(text, settings.name.value, at: settings.missing.range))
            }
            fill = value
        }
        // The filled values count, as they will be what the network sees.
        if let fill { for index in values.indices where values[index].isNaN { values[index] = fill } }
        return fitted(Scaling.fit(values, settings.normalize), fill: fill, settings, column)
    }

    private func fitted(_ scaling: Scaling, fill: Double?, _ settings: FeatureSettings, _ column: TableColumn) -> NumberFit {
        guard scaling.isFinite, fill?.isFinite != false else { return .refused(.tooLargeToNormalize(table, column, rows, settings.normalize)) }
        return .fitted(
            .number(normalize: settings.normalize, center: scaling.center, scale: scaling.scale, fill: fill), isConstant: scaling.isConstant)
    }

    /// What zscore takes as the center; of values that differ by rounding noise only, the smallest.
    static func mean(_ values: [Double]) -> Double { Scaling.fit(values, .zscore).center }

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

    private func category(_ settings: FeatureSettings, _ column: TableColumn) -> FeatureTransform.Kind? {
        var counts = [Int](repeating: 0, count: column.texts.count)
        for row in rows where column.codes[Int(row)] >= 0 { counts[Int(column.codes[Int(row)])] += 1 }
        let present = counts.indices.filter { counts[$0] > 0 }.sorted(by: column.texts.precedes)
        guard !present.isEmpty else {
            sink.emit(.noValue(table, column, rows: rows.count, part: "training "))
            return nil
        }
        var categories = settings.categories ?? order(present.map(column.texts.text), settings, column)
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
                categories = order(categories + [text], settings, column)
            }
        }
        check(categories, settings, column)
        warnOfNumbers(present.map(column.texts.text), settings, column)
        switch settings.encoding {
        case .oneHot: return .category(categories: categories, unseen: settings.unseen, fill: fill)
        case .index: return .index(categories: categories, unseen: settings.unseen, fill: fill)
        case .ordinal: return ordinal(categories, fill, settings, column)
        }
    }

    /// By value if all are numbers, as classes are, else by code point; for an ordinal encoding, where the order means something, texts have none.
    private func order(_ texts: [String], _ settings: FeatureSettings, _ column: TableColumn) -> [String] {
        let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let values = sorted.compactMap { text in NumberParser.parse(text, decimal: column.decimal).value.map { (text: text, value: $0) } }
        guard values.count == sorted.count else {
            if settings.encoding == .ordinal { sink.emit(.orderUnknown(table, column, sorted, at: settings.entry?.encoding.range)) }
            return sorted
        }
        return values.sorted { $0.value != $1.value ? $0.value < $1.value : NumberOrder.precedes($0.text, $1.text, decimal: column.decimal) }.map(
            \.text)
    }

    private func ordinal(_ categories: [String], _ fill: String?, _ settings: FeatureSettings, _ column: TableColumn) -> FeatureTransform.Kind {
        let known = TextTable(categories)
        let places = column.texts.texts.map { known.number(of: $0).map(Double.init) }
        let filled = fill.flatMap { known.number(of: $0) }.map(Double.init)
        let present = rows.compactMap { row in
            let code = Int(column.codes[Int(row)])
            return code < 0 ? filled : places[code]
        }
        // Categories that are not listed are refused when they are encoded.
        let scaling = present.isEmpty ? Scaling(center: 0, scale: 1, isConstant: false) : Scaling.fit(present, settings.normalize)
        return .ordinal(categories: categories, normalize: settings.normalize, center: scaling.center, scale: scaling.scale, fill: fill)
    }

    /// Of a column whose texts have been checked.
    private func boolean(_ settings: FeatureSettings, _ column: TableColumn) -> FeatureTransform.Kind? {
        let values = column.texts.texts.map { BooleanText.value(of: $0) == true ? 1.0 : 0 }
        let present = rows.map { Int(column.codes[Int($0)]) }.filter { $0 >= 0 }.map { values[$0] }
        guard !present.isEmpty else {
            sink.emit(.noValue(table, column, rows: rows.count, part: "training "))
            return nil
        }
        switch settings.missing.value {
        case .error, .dropRow: return .boolean(fill: nil)
        case .mean: return .boolean(fill: ColumnFitting.mean(present))
        case .median: return .boolean(fill: Scaling.quantile(present.sorted(), 0.5))
        case .mode: return .boolean(fill: ColumnFitting.mode(present))
        case .constant(let text):
            guard let value = BooleanText.value(of: text) else {
                sink.emit(.constantNotABoolean(text, settings.name.value, at: settings.missing.range))
                return nil
            }
            return .boolean(fill: value ? 1 : 0)
        }
    }

    /// Numbers with another decimal mark than the file's are texts, and so become categories unless someone looks.
    private func warnOfNumbers(_ texts: [String], _ settings: FeatureSettings, _ column: TableColumn) {
        guard column.request.mode == .auto else { return }
        let other = column.decimal == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".")
        if texts.allSatisfy({ NumberParser.parse($0, decimal: other) != .notANumber }) {
            sink.emit(.numbersAsCategories(settings.name, table, column, texts, mark: other))
        }
    }

    private func check(_ categories: [String], _ settings: FeatureSettings, _ column: TableColumn) {
        if categories.count > settings.maxCategories.value, settings.categories == nil {
            sink.emit(.tooManyCategories(table, column, found: categories.count, limit: settings.maxCategories))
        }
        if let twins = column.texts.twins(among: categories) { sink.emit(.sameTextTwice(table, column, twins.first, twins.second)) }
    }
}

extension FeatureSettings {
    /// Whether its column is fitted by sums alone, without gaps to fill.
    fileprivate var fitsInLanes: Bool {
        switch missing.value {
        case .error, .dropRow: normalize == .zscore
        case .mean, .median, .mode, .constant: false
        }
    }
}
