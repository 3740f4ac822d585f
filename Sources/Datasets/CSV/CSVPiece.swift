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

    private static let numberBytes = Array("0123456789+-.eE".utf8)

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
        // Where a delimiter could be part of a number, fields are divided first and read then.
        if CSVPiece.numberBytes.contains(grammar.delimiter) { for field in steps.indices { steps[field].numbers = nil } }
    }

    func read() {
        steps.map(\.numbers).withUnsafeBufferPointer { numbers in
            guard let base = grammar.bytes.baseAddress, let numbers = numbers.baseAddress else { return }
            read(base, numbers)
        }
        for part in parts { part?.rows = rows }
    }

    private func read(_ base: UnsafePointer<UInt8>, _ numbers: UnsafePointer<UnsafeMutablePointer<Double>?>) {
        let (capacity, columns, comment) = (memory.capacity(piece), memory.fieldCount, grammar.comment)
        let (delimiter, decimal, converter) = (grammar.delimiter, grammar.options.decimal, converter)
        let starts = memory.rowStarts(piece)
        let limit = min(limit, grammar.bytes.count)
        var ends = FieldEnds(base, limit: grammar.bytes.count + 1, delimiter: delimiter)
        defer { ends.deallocate() }
        // What the loops change for each cell stays out of the object: every look into it would be checked.
        var (row, next) = (0, end)
        ends.skip(to: next)
        while next < limit {
            // Most lines begin with something; whether it is a comment or blanks is looked at with more care.
            if base[next] <= 0x20 || base[next] == comment {
                let record = grammar.skipEmptyLines(next)
                if record != next { ends.skip(to: record) }
                next = record
                guard next < limit else { break }
            }
            if ends.pendingCount < columns, !ends.isAtEnd, ends.scanned - next < CSVPiece.longestIndexed {
                ends.look(from: next)
                continue
            }
            // As many as there are lines to begin in, whatever stands in them.
            precondition(row < capacity, "more rows than line feeds")
            if ends.pendingCount >= columns, next >= DecimalField.reach,
                let end = fields(base, next, ends.pending, base + ends.origin, row, numbers, last: columns - 1, delimiter, decimal, converter)
            {
                starts[row] = next
                row += 1
                ends.take(columns)
                next = end
            } else {
                guard let (fields, end) = record(base, next, row) else { break }
                if fields == columns {
                    starts[row] = next
                    row += 1
                } else {
                    ragged.add(row)
                    if raggedStarts.count < Places.shown { raggedStarts.append((next, fields)) }
                }
                next = end
                ends.skip(to: next)
            }
        }
        (rows, end) = (row, next)
    }

    /// Bytes of a record whose fields are looked for before they are read.
    private static let longestIndexed = 1 << 20

    /// Reads a record whose fields end so many bytes behind `origin` as `ends` says, none of them quoted, and gives where the next one begins. nil
    /// if that is no record of as many fields as there are columns; then nothing has been told of it.
    @inline(__always)
    private func fields(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ ends: UnsafePointer<UInt32>, _ origin: UnsafePointer<UInt8>, _ row: Int,
        _ numbers: UnsafePointer<UnsafeMutablePointer<Double>?>, last: Int, _ delimiter: UInt8, _ decimal: UInt8, _ converter: DecimalConverter
    ) -> Int? {
        var at = base + start
        var isRecord = false
        for field in 0..<last {
            let end = origin + Int(ends[field])
            guard end.pointee == delimiter else { return nil }
            if let numbers = numbers[field], let value = CSVPiece.value(at, end, decimal, converter) {
                numbers[row] = value
            } else {
                if !isRecord { isRecord = CSVPiece.isRecord(origin, ends, last, delimiter) }
                guard isRecord else { return nil }
                other(base, at, end, field, row)
            }
            at = end + 1
        }
        let feed = origin + Int(ends[last])
        guard feed.pointee == UInt8(ascii: "\n") else { return nil }
        let end = feed - (feed > at && feed[-1] == UInt8(ascii: "\r") ? 1 : 0)
        if let numbers = numbers[last], let value = CSVPiece.value(at, end, decimal, converter) {
            numbers[row] = value
        } else {
            other(base, at, end, last, row)
        }
        return feed - base + 1
    }

    /// A number that Float holds too, with nothing around it; nil: look closer.
    @inline(__always)
    private static func value(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ decimal: UInt8, _ converter: DecimalConverter
    ) -> Double? {
        if let found = DecimalField(start, end, decimal: decimal) { return found.double(converter) }
        guard let value = DecimalField.scientific(start, end, decimal: decimal, converter) else { return nil }
        return value.magnitude <= Double(Float.greatestFiniteMagnitude) ? value : nil
    }

    /// Whether all ends but the last are delimiters, and that is a line feed.
    private static func isRecord(_ origin: UnsafePointer<UInt8>, _ ends: UnsafePointer<UInt32>, _ last: Int, _ delimiter: UInt8) -> Bool {
        for field in 0..<last where origin[Int(ends[field])] != delimiter { return false }
        return origin[Int(ends[last])] == UInt8(ascii: "\n")
    }

    /// Reads an unquoted field that is more, or something else, than digits and a mark.
    @inline(never)
    private func other(_ base: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ field: Int, _ row: Int) {
        guard let numbers = steps[field].numbers else {
            return append(CSVField(start: start - base, end: end - base, isQuoted: false, hasEscapes: false), steps[field], row)
        }
        if let found = CSVPiece.number(start, grammar.delimiter, grammar.options.decimal, converter) {
            numbers[row] = found.value
            if found.value.magnitude > Double(Float.greatestFiniteMagnitude) { noteLarge(found.value, steps[field], row) }
        } else {
            append(CSVField(start: start - base, end: end - base, isQuoted: false, hasEscapes: false), steps[field], row)
        }
    }

    /// Reads any record by the grammar, field by field: how many there are, and where the next record begins. nil: there is a mistake in it.
    @inline(never)
    private func record(_ base: UnsafePointer<UInt8>, _ start: Int, _ row: Int) -> (fields: Int, next: Int)? {
        let (grammar, columns) = (grammar, memory.fieldCount)
        var (next, field) = (start, 0)
        while true {
            let isLast: Bool
            if field < columns, let numbers = steps[field].numbers,
                let found = CSVPiece.number(base + next, grammar.delimiter, grammar.options.decimal, converter)
            {
                numbers[row] = found.value
                if found.value.magnitude > Double(Float.greatestFiniteMagnitude) { noteLarge(found.value, steps[field], row) }
                isLast = found.end.pointee == UInt8(ascii: "\n")
                next = found.end - base + 1
            } else {
                let (text, stop, mistake) = grammar.field(at: next)
                if mistake != nil {
                    self.mistake = mistake
                    return nil
                }
                if field < columns { append(text, steps[field], row) }
                isLast = grammar.endsLine(stop)
                next = stop + 1
            }
            field += 1
            if isLast { return (field, min(next, grammar.bytes.count)) }
        }
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
