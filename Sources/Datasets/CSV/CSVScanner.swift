/// Bytes to records of fields, one after the other: for headers, samples and messages. `CSVPiece` reads the rows.
package struct CSVScanner {
    package enum Outcome: Equatable {
        case record, end
        case unclosedQuote(at: Int)
        case textAfterQuote(at: Int)
    }

    private let grammar: CSVGrammar
    private let fieldLimit: Int
    /// Where the next record is looked for.
    package private(set) var offset: Int
    /// Fields of the last record, at most `fieldLimit` of them.
    package private(set) var fields: [CSVField] = []
    /// Fields the last record has.
    package private(set) var fieldCount = 0
    package private(set) var recordStart = 0

    /// Precondition: `bytes` outlives the scanner.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, options: CSVOptions, from offset: Int? = nil, fieldLimit: Int = 1_000_000) {
        grammar = CSVGrammar(bytes, options)
        self.fieldLimit = fieldLimit
        self.offset = offset ?? grammar.start
    }

    /// Reads the next record into `fields`.
    package mutating func next() -> Outcome {
        offset = grammar.skipEmptyLines(offset)
        guard offset < grammar.bytes.count else { return .end }
        recordStart = offset
        fields.removeAll(keepingCapacity: true)
        fieldCount = 0
        while true {
            let (field, end, mistake) = grammar.field(at: offset)
            fieldCount += 1
            if fields.count < fieldLimit { fields.append(field) }
            switch mistake {
            case .unclosedQuote(let offset): return .unclosedQuote(at: offset)
            case .textAfterQuote(let offset): return .textAfterQuote(at: offset)
            case nil: break
            }
            offset = min(end + 1, grammar.bytes.count)
            if grammar.endsLine(end) { return .record }
        }
    }
}
