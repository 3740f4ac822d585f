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
    /// Decides the words of messages.
    var isTarget = false
    /// Whether the spec lists it under `features`; so do the words on how to leave it out.
    var isListed = false
    /// Whether its categories are those of the spec.
    var hasGivenCategories = false
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
    /// Those of the bad numbers that are numbers by their form, beyond the range of Double.
    package private(set) var outOfRange = Places()
    /// Numbers that Float cannot hold.
    package private(set) var beyondFloat = Places()
    /// Present values of an `auto` column that are numbers, and that are none.
    package private(set) var numberPlaces = Places()
    package private(set) var textPlaces = Places()
    private var holdsNumbers: Bool
    private var holdsTexts: Bool
    private var rows = 0
    private var scratch: [UInt8] = []

    init(_ request: ColumnRequest, decimal: UInt8) {
        self.request = request
        self.decimal = decimal
        missingTexts = TextTable(request.missingValues)
        missingLimit = request.missingValues.map(\.utf8.count).max() ?? -1
        holdsNumbers = request.mode == .number || request.mode == .label
        holdsTexts = request.mode == .category || request.mode == .label
    }

    /// What an `auto` column turned out to be; without any value, numbers.
    var isCategory: Bool { holdsTexts && request.mode != .label }
    /// Whether all that is read is a number by its form.
    var isNumeric: Bool { holdsNumbers && badNumbers.count == outOfRange.count }
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
            if holdsNumbers { numbers.append(.nan) }
            if holdsTexts { codes.append(-1) }
            return
        }
        var result = NumberParser.Result.notANumber
        if holdsNumbers || request.mode == .auto { result = NumberParser.parse(ink, decimal: decimal) }
        if request.mode == .auto { decide(result) }
        if holdsNumbers {
            if case .number(let value) = result {
                numbers.append(value)
                if value.magnitude > Double(Float.greatestFiniteMagnitude), !Float(value).isFinite { beyondFloat.add(rows) }
            } else {
                numbers.append(.nan)
                badNumbers.add(rows)
                if result == .outOfRange { outOfRange.add(rows) }
            }
        }
        if holdsTexts { codes.append(texts.intern(request.mode == .label ? ink : text)) }
    }

    /// The first value of an `auto` column says what it is; later ones are only counted.
    private func decide(_ result: NumberParser.Result) {
        let isText = result == .notANumber
        if isText { textPlaces.add(rows) } else { numberPlaces.add(rows) }
        guard !holdsNumbers, !holdsTexts else { return }
        holdsNumbers = !isText
        holdsTexts = isText
        if isText { codes = [Int32](repeating: -1, count: rows) } else { numbers = [Double](repeating: .nan, count: rows) }
    }

    /// Makes a column without any value one of numbers. Called once, after the last row.
    func finish() {
        guard !holdsNumbers, !holdsTexts else { return }
        holdsNumbers = true
        numbers = [Double](repeating: .nan, count: rows)
    }

    func isMissing(_ row: Int) -> Bool { isCategory || request.mode == .label ? codes[row] < 0 : numbers[row].isNaN }
}
