import SpecLanguage

/// Rows at which something was found: how many, and the first of them.
package struct Places: Sendable, Equatable {
    static let shown = 3
    package private(set) var count = 0
    /// Table rows, at most `shown`.
    package private(set) var rows: [Int32] = []

    mutating func add(_ row: Int) {
        count += 1
        if rows.count < Places.shown { rows.append(Int32(row)) }
    }
}

/// How a column is to be read.
package enum ColumnMode: Sendable { case number, category, auto, label }

/// A column to read: which one, as what, and which texts are missing values.
package struct ColumnRequest: Sendable {
    var index: Int
    var name: String
    var mode: ColumnMode
    var missingValues: [String]
    /// Decides the words of a message on missing values.
    var isTarget = false
}

/// Collects one column while the file is read: numbers or category codes, never a text per cell.
package final class ColumnReader {
    package let request: ColumnRequest
    let decimal: UInt8
    private let missingTexts: TextTable
    /// Bytes of the longest of them: longer texts need not be looked up.
    private let missingLimit: Int
    /// NaN where missing or not a number. Filled for numbers and labels.
    package private(set) var numbers: [Double] = []
    /// -1 where missing. Filled for categories and labels.
    package private(set) var codes: [Int32] = []
    package private(set) var texts = TextTable()
    package private(set) var missing = Places()
    package private(set) var badNumbers = Places()
    /// Present values of an `auto` column that are numbers, and that are none.
    package private(set) var numberPlaces = Places()
    package private(set) var textPlaces = Places()
    private var isNumeric: Bool
    private var isTextual: Bool
    private var rows = 0
    private var scratch: [UInt8] = []

    init(_ request: ColumnRequest, decimal: UInt8) {
        self.request = request
        self.decimal = decimal
        missingTexts = TextTable(request.missingValues)
        missingLimit = request.missingValues.map(\.utf8.count).max() ?? -1
        isNumeric = request.mode == .number || request.mode == .label
        isTextual = request.mode == .category || request.mode == .label
    }

    /// What an `auto` column turned out to be; without any value, numbers.
    var isCategory: Bool { isTextual && request.mode != .label }
    var isMixed: Bool { request.mode == .auto && numberPlaces.count > 0 && textPlaces.count > 0 }

    func append(_ field: CSVField, in bytes: UnsafeBufferPointer<UInt8>) {
        if !field.hasEscapes {
            append(UnsafeBufferPointer(rebasing: bytes[field.start..<field.end]), isQuoted: field.isQuoted)
        } else {
            let copy = bytes.withText(of: field, scratch: &scratch) { Array($0) }
            copy.withUnsafeBufferPointer { append($0, isQuoted: true) }
        }
        rows += 1
    }

    private func append(_ text: UnsafeBufferPointer<UInt8>, isQuoted: Bool) {
        let ink = isQuoted ? text : text.trimmed
        if ink.count <= missingLimit, missingTexts.number(of: ink) != nil {
            missing.add(rows)
            if isNumeric { numbers.append(.nan) }
            if isTextual { codes.append(-1) }
            return
        }
        var result = NumberParser.Result.notANumber
        if isNumeric || request.mode == .auto { result = NumberParser.parse(ink, decimal: decimal) }
        if request.mode == .auto { decide(result) }
        if isNumeric {
            if case .number(let value) = result {
                numbers.append(value)
            } else {
                numbers.append(.nan)
                badNumbers.add(rows)
            }
        }
        if isTextual { codes.append(texts.intern(request.mode == .label ? ink : text)) }
    }

    /// The first value of an `auto` column says what it is; later ones are only counted.
    private func decide(_ result: NumberParser.Result) {
        let isText = result == .notANumber
        if isText { textPlaces.add(rows) } else { numberPlaces.add(rows) }
        guard !isNumeric, !isTextual else { return }
        isNumeric = !isText
        isTextual = isText
        if isText { codes = [Int32](repeating: -1, count: rows) } else { numbers = [Double](repeating: .nan, count: rows) }
    }

    /// Makes a column without any value one of numbers. Called once, after the last row.
    func finish() {
        guard !isNumeric, !isTextual else { return }
        isNumeric = true
        numbers = [Double](repeating: .nan, count: rows)
    }

    func isMissing(_ row: Int) -> Bool { isCategory || request.mode == .label ? codes[row] < 0 : numbers[row].isNaN }
}
