import Decimals

/// Reads the records that begin in one piece of a file. Pieces are read at the same time, each as if a record began where it begins;
/// `TableReading` makes sure that it did.
final class CSVPiece {
    /// What is done with a field of a record.
    struct Step {
        /// Where the numbers of a plain column go, from the piece's first row on; nil: see `columns`.
        var numbers: UnsafeMutablePointer<Double>?
        /// The columns made of this field, as a stretch of the memory's `columns`; empty: the field is passed over.
        var columns: Range<Int>
    }

    private let grammar: CSVGrammar
    private let memory: ColumnMemory
    private let piece: Int
    private let limit: Int
    private let converter = DecimalConverter()
    private var steps: [Step]
    /// In the order of the requests; nil while a column has nothing but plain numbers.
    private(set) var parts: [ColumnPart?]
    private(set) var rows = 0
    /// Where the record behind the last one begins: that of the mistake, if there is one.
    private(set) var end: Int
    private(set) var mistake: CSVGrammar.Mistake?
    private(set) var ragged = Places()
    private(set) var raggedStarts: [(offset: Int, fields: Int)] = []
    private var scratch: [UInt8] = []

    /// - Parameters:
    ///   - start: offset of the first record.
    ///   - limit: records that begin here or later belong to other pieces.
    init(_ grammar: CSVGrammar, _ memory: ColumnMemory, piece: Int, start: Int, limit: Int) {
        self.grammar = grammar
        self.memory = memory
        self.piece = piece
        self.limit = limit
        end = start
        parts = Array(repeating: nil, count: memory.plans.count)
        steps = memory.steps(piece: piece)
    }

    func read() {
        let (capacity, columns) = (memory.capacity(piece), memory.fieldCount)
        let starts = memory.rowStarts(piece)
        guard let base = grammar.bytes.baseAddress else { return }
        let (grammar, converter, limit) = (grammar, converter, limit)
        let (delimiter, decimal, count) = (grammar.delimiter, grammar.options.decimal, grammar.bytes.count)
        // What the loop changes for each cell stays out of the object: every look into it would be checked.
        var (row, next) = (0, end)
        steps.withUnsafeBufferPointer { steps in
            while true {
                // Most lines begin with something; whether it is a comment or blanks is looked at with more care.
                if base[next] <= 0x20 || base[next] == grammar.comment { next = grammar.skipEmptyLines(next) }
                guard next < limit, next < count else { break }
                // As many as there are lines to begin in, whatever stands in them.
                precondition(row < capacity, "more rows than line feeds")
                let start = next
                var field = 0
                var isLast = false
                while !isLast {
                    if field < columns, let numbers = steps[field].numbers,
                        let found = CSVPiece.number(base + next, delimiter, decimal, converter)
                    {
                        numbers[row] = found.value
                        if found.value.magnitude > Double(Float.greatestFiniteMagnitude) { noteLarge(found.value, steps[field], row) }
                        isLast = found.end.pointee == UInt8(ascii: "\n")
                        next = found.end - base + 1
                    } else {
                        let (text, stop, mistake) = grammar.field(at: next)
                        if mistake != nil {
                            (self.mistake, next) = (mistake, start)
                            return
                        }
                        if field < columns { append(text, steps[field], row) }
                        isLast = grammar.endsLine(stop)
                        next = stop + 1
                    }
                    field += 1
                }
                next = min(next, count)
                if field == columns {
                    starts[row] = start
                    row += 1
                } else {
                    ragged.add(row)
                    if raggedStarts.count < Places.shown { raggedStarts.append((start, field)) }
                }
            }
        }
        (rows, end) = (row, next)
        for part in parts { part?.rows = row }
    }

    /// An unquoted number with nothing around it but blanks: its value, and where its delimiter or line feed stands. nil: look closer.
    ///
    /// A line feed stands behind the last byte of the file, so nothing here asks where the file ends.
    @inline(__always)
    private static func number(
        _ start: UnsafePointer<UInt8>, _ delimiter: UInt8, _ decimal: UInt8, _ converter: DecimalConverter
    ) -> (value: Double, end: UnsafePointer<UInt8>)? {
        var at = start
        // One digit alone: what most cells of images and flags are.
        let digit = at.pointee &- UInt8(ascii: "0")
        if digit < 10, at[1] == delimiter { return (Double(digit), at + 1) }
        while at.pointee == 0x20 || at.pointee == 0x09, at.pointee != delimiter { at += 1 }
        // Signs come and go by chance, so none of this may be a branch. + is 0x2B, - is 0x2D.
        let sign = at.pointee
        at += (sign &- UInt8(ascii: "+")) & 0xFD == 0 ? 1 : 0
        let signBit: UInt64 = sign == UInt8(ascii: "-") ? 1 << 63 : 0
        let scan = DecimalScan(at, decimal: decimal, converter)
        guard scan.isWhole else { return nil }
        at = scan.end
        if at.pointee != delimiter, at.pointee != UInt8(ascii: "\n") {
            while at.pointee == 0x20 || at.pointee == 0x09, at.pointee != delimiter { at += 1 }
            if at.pointee == UInt8(ascii: "\r"), at[1] == UInt8(ascii: "\n") { at += 1 }
            guard at.pointee == delimiter || at.pointee == UInt8(ascii: "\n") else { return nil }
        }
        let magnitude = converter.double(scan.digits, scan.exponent)
        return (Double(bitPattern: magnitude.bitPattern | signBit), at)
    }

    // MARK: What is no plain number

    private func part(_ column: Int) -> ColumnPart {
        if let part = parts[column] { return part }
        let part = memory.part(column, piece: piece)
        parts[column] = part
        return part
    }

    private func noteLarge(_ value: Double, _ step: Step, _ row: Int) { part(memory.columns[step.columns.lowerBound]).noteLarge(value, row) }

    private func append(_ field: CSVField, _ step: Step, _ row: Int) {
        guard !step.columns.isEmpty else { return }
        grammar.bytes.withText(of: field, scratch: &scratch) { text in
            for place in step.columns { part(memory.columns[place]).append(text, isQuoted: field.isQuoted, row) }
        }
    }
}
