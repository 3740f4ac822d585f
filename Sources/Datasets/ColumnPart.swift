import Decimals

/// What one piece of a file has of one column: all but plain numbers, which `CSVPiece` stores itself.
final class ColumnPart {
    private let request: ColumnRequest
    private let kind: ColumnKind
    private let decimal: UInt8
    private let missingTexts: TextTable
    private let missingLimit: Int
    /// Where the piece's first row belongs.
    private let numbers: UnsafeMutablePointer<Double>?
    private let codes: UnsafeMutablePointer<Int32>?
    /// Texts in the order of the piece; `codes` hold their numbers.
    private(set) var texts = TextTable()
    /// For labels: what each of the texts is as a number.
    private var values: [NumberParser.Result] = []
    private(set) var missing = Places()
    private(set) var badNumbers = Places()
    private(set) var outOfRange = Places()
    private(set) var beyondFloat = Places()
    private(set) var numberPlaces = Places()
    private(set) var textPlaces = Places()
    /// Rows of the piece, known when it has been read.
    var rows = 0

    init(_ plan: ColumnPlan, numbers: UnsafeMutablePointer<Double>?, codes: UnsafeMutablePointer<Int32>?) {
        request = plan.request
        kind = plan.kind
        decimal = plan.decimal
        missingTexts = plan.missingTexts
        missingLimit = plan.missingLimit
        self.numbers = numbers
        self.codes = codes
    }

    /// A number that Float may not hold, or not even Double.
    func noteLarge(_ value: Double, _ row: Int) {
        if !value.isFinite {
            numbers?[row] = .nan
            badNumbers.add(row)
            outOfRange.add(row)
        } else if !Float(value).isFinite {
            beyondFloat.add(row)
        }
    }

    /// A cell without a value.
    func appendMissing(_ row: Int) {
        missing.add(row)
        numbers?[row] = .nan
        codes?[row] = -1
    }

    /// Takes the text of a cell, undone of quotes.
    func append(_ text: UnsafeBufferPointer<UInt8>, isQuoted: Bool, _ row: Int) {
        let ink = isQuoted ? text : text.trimmed
        if ink.count <= missingLimit, missingTexts.number(of: ink) != nil {
            return appendMissing(row)
        }
        switch kind {
        case .numbers: put(NumberParser.parse(ink, decimal: decimal), row)
        case .categories:
            let code = texts.intern(text)
            codes?[row] = code
            guard request.mode == .auto else { return }
            let known = value(of: Int(code), ink)
            // Of texts with blanks around them, which only quotes keep, the same may be a number and none.
            let result = text.count == text.trimmed.count ? known : NumberParser.parse(ink, decimal: decimal)
            if result == .notANumber { textPlaces.add(row) } else { numberPlaces.add(row) }
        case .labels:
            let code = texts.intern(ink)
            codes?[row] = code
            put(value(of: Int(code), ink), row)
        }
    }

    private func put(_ result: NumberParser.Result, _ row: Int) {
        switch result {
        case .number(let value):
            numbers?[row] = value
            if value.magnitude > Double(Float.greatestFiniteMagnitude) { noteLarge(value, row) }
            return
        case .outOfRange: outOfRange.add(row)
        case .notANumber: if request.mode == .auto { textPlaces.add(row) }
        }
        numbers?[row] = .nan
        badNumbers.add(row)
    }

    /// Each text is parsed once.
    private func value(of code: Int, _ ink: UnsafeBufferPointer<UInt8>) -> NumberParser.Result {
        if code == values.count { values.append(NumberParser.parse(ink, decimal: decimal)) }
        return values[code]
    }
}

/// How a column is read: its request, with all that follows from it worked out once.
struct ColumnPlan {
    let request: ColumnRequest
    let kind: ColumnKind
    let decimal: UInt8
    let missingTexts: TextTable
    /// Bytes of the longest of them: longer texts need not be looked up.
    let missingLimit: Int
    /// No text of a number means a missing value.
    let isPlain: Bool

    init(_ request: ColumnRequest, _ kind: ColumnKind, decimal: UInt8) {
        self.request = request
        self.kind = kind
        self.decimal = decimal
        missingTexts = TextTable(request.missingValues)
        missingLimit = request.missingValues.map(\.utf8.count).max() ?? -1
        isPlain = kind == .numbers && request.missingValues.allSatisfy { NumberParser.parse($0, decimal: decimal) == .notANumber }
    }
}
