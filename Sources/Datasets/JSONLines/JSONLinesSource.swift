import Decimals
import Diagnostics
import SpecLanguage

/// A file with a JSON object on each line. Its columns are the names of all objects in the order in which they first come; a name that an
/// object lacks is a missing value there, and so is null. true and false are texts, and any other value is what its text would be in a CSV file.
package struct JSONLinesSource: TableSource {
    let file: DataFile
    package let purpose: DataPurpose
    package let place: SourceRange?
    package let columns: [String]
    /// Offset of each row.
    fileprivate let rowStarts: [Int]
    private let keys: TextTable
    /// Whether any of the rows has each column.
    let isGiven: [Bool]

    package var name: String { file.name }
    package var options: CSVOptions { CSVOptions() }
    package var hasHeader: Bool { true }
    package var headerLooksLikeData: Bool { false }
    package var headerLine: SourceRange? { nil }
    package var unit: RowUnit { .line }
    package var byteCount: Int { file.bytes.count }
    package func index(of name: String) -> Int? { keys.number(of: name).map { Int($0) } }

    /// Where a name stands in the first object that has it.
    package func headerRange(_ index: Int) -> SourceRange? {
        guard columns.indices.contains(index) else { return nil }
        return file.bytes.withUnsafeBufferPointer { bytes in
            for start in rowStarts {
                if let (key, _) = member(index, bytes, start) { return file.range(key.start, key.end) }
            }
            return nil
        }
    }

    private static let columnLimit = 1_000_000

    /// Looks at every line, with so many threads; the result does not depend on their number. Errors: E1050 to E1052.
    package init(
        _ file: DataFile, for purpose: DataPurpose, at place: SourceRange?, threads: Int = Team.coreCount, sink: DiagnosticSink
    ) throws(Stopped) {
        try self.init(file, for: purpose, at: place, Stretch(), threads: threads, sink: sink)
    }

    /// Which part of a larger file the lines are.
    struct Stretch {
        /// Names that have their numbers already.
        var names = TextTable()
        var isStart = true
        var isEnd = true
    }

    init(
        _ file: DataFile, for purpose: DataPurpose, at place: SourceRange?, _ stretch: Stretch, threads: Int = Team.coreCount, sink: DiagnosticSink
    ) throws(Stopped) {
        self.file = file
        self.purpose = purpose
        self.place = place
        let pieces = file.bytes.withUnsafeBufferPointer { bytes in
            let start = stretch.isStart && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            let count = threads > 1 ? min(threads * 4, (bytes.count + file.survey.stretch - 1) / file.survey.stretch) : 1
            nonisolated(unsafe) let pieces = JSONLinesPiece.pieces(bytes, from: start, count: count)
            Team.run(pieces.count, threads: threads) { pieces[$0].scan(bytes, keyLimit: JSONLinesSource.columnLimit) }
            return pieces
        }
        var keys = stretch.names
        var (starts, isGiven): ([Int], [Bool]) = ([], Array(repeating: false, count: keys.count))
        for piece in pieces {
            for (index, text) in piece.keys.texts.enumerated() {
                let number = Int(keys.intern(text))
                if number == isGiven.count { isGiven.append(true) } else { isGiven[number] = true }
                if keys.count > JSONLinesSource.columnLimit, piece.mistake?.offset ?? .max > piece.firstPlaces[index] {
                    let mistake = JSONMistake(kind: .tooManyNames, offset: piece.firstPlaces[index])
                    throw sink.fail(.badJSON(file, mistake, isOneLine: false))
                }
            }
            if let mistake = piece.mistake {
                let isOneLine = stretch.isStart && stretch.isEnd && file.survey.lineFeeds.reduce(0, +) < 2
                throw sink.fail(.badJSON(file, mistake, isOneLine: isOneLine))
            }
            starts += piece.rowStarts
        }
        self.keys = keys
        self.isGiven = isGiven
        columns = keys.texts
        rowStarts = starts
    }

    /// The further lines of the same file, whose columns keep their numbers.
    func continued(in file: DataFile, isEnd: Bool, sink: DiagnosticSink) throws(Stopped) -> JSONLinesSource {
        try JSONLinesSource(file, for: purpose, at: place, Stretch(names: keys, isStart: false, isEnd: isEnd), sink: sink)
    }

    /// The same lines as if they had no names but some of the present ones.
    func restricted(to names: [String]) -> JSONLinesSource { JSONLinesSource(self, names) }

    private init(_ other: JSONLinesSource, _ names: [String]) {
        (file, purpose, place, columns, rowStarts) = (other.file, other.purpose, other.place, names, other.rowStarts)
        keys = TextTable(names)
        isGiven = Array(repeating: true, count: names.count)
    }

    var rowCount: Int { rowStarts.count }

    /// The members of a row, which has been read without a mistake before.
    fileprivate func forEachMember(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ body: (JSONValue, JSONValue) -> Bool) {
        guard var line = try? JSONLine(bytes, start..<JSONLinesPiece.endOfLine(bytes, start)) else { return }
        while let (key, value) = try? line.next() { if !body(key, value) { return } }
    }

    fileprivate func member(_ column: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (key: JSONValue, value: JSONValue)? {
        var found: (JSONValue, JSONValue)?
        var scratch: [UInt8] = []
        forEachMember(bytes, start) { key, value in
            let number = JSONLine.withText(bytes, of: key, scratch: &scratch) { keys.number(of: $0) }
            if number == Int32(column) { found = (key, value) }
            return found == nil
        }
        return found
    }

    // MARK: Reading

    package func read(
        _ requests: [ColumnRequest], threads: Int, at place: SourceRange?, rowLimit: Int, sink: DiagnosticSink
    ) throws(Stopped) -> DataTable {
        guard !rowStarts.isEmpty else { throw sink.fail(.noRows(self, at: place)) }
        guard rowStarts.count <= rowLimit else { throw sink.fail(.tooManyRows(name, limit: rowLimit, at: place)) }
        let count = threads > 1 ? min(threads * 4, rowStarts.count, (file.bytes.count + file.survey.stretch - 1) / file.survey.stretch) : 1
        let borders = (0...count).map { rowStarts.count * $0 / count }
        let capacities = zip(borders, borders.dropFirst()).map { $1 - $0 }
        guard let builder = TableBuilder(requests, kinds: kinds(requests), fieldCount: columns.count, capacities: capacities) else {
            throw sink.fail(.noMemoryForData(file))
        }
        let wanted = Set(requests.map(\.index)).sorted()
        var found = [(column: Int, value: JSONValue)?](repeating: nil, count: count)
        found.withUnsafeMutableBufferPointer { found in
            nonisolated(unsafe) let (found, builder) = (found, builder)
            Team.run(count, threads: threads) { piece in
                found[piece] = fill(builder, piece, rowStarts[borders[piece]..<borders[piece + 1]], wanted)
            }
        }
        let nested = found.lazy.compactMap { $0 }.first
        if let nested { throw sink.fail(.nestedValue(file, columns[nested.column], nested.value)) }
        let places = JSONPlaces(source: self)
        return DataTable(
            source: self, places: places, rows: rowStarts.count, placeByteCount: 8, columns: builder.columns(capacities, threads: threads))
    }

    /// Puts rows into a piece of the columns. - Returns: the first value that is an array or an object.
    private func fill(
        _ builder: TableBuilder, _ piece: Int, _ starts: ArraySlice<Int>, _ wanted: [Int]
    ) -> (column: Int, value: JSONValue)? {
        var nested: (column: Int, value: JSONValue)?
        file.bytes.withUnsafeBufferPointer { bytes in
            var (order, scratch, isGiven): (KeyOrder, [UInt8], [Int]) = (KeyOrder(), [], Array(repeating: -1, count: columns.count))
            for (row, start) in starts.enumerated() where nested == nil {
                var place = 0
                forEachMember(bytes, start) { key, value in
                    let field = order.number(bytes, key, at: place) {
                        JSONLine.withText(bytes, of: key, scratch: &scratch) { keys.number(of: $0).map { Int($0) } ?? -1 }
                    }
                    place += 1
                    guard field >= 0, builder.wants(field) else { return true }
                    isGiven[field] = row
                    switch value.kind {
                    case .null: builder.appendMissing(field, row, piece: piece)
                    case .nested where builder.keepsNested(field):
                        NestedText.withText(bytes[value.start..<value.end], scratch: &scratch) {
                            builder.append($0, isQuoted: true, field, row, piece: piece)
                        }
                    case .nested: nested = nested ?? (field, value)
                    case .text, .number, .boolean:
                        JSONLine.withText(bytes, of: value, scratch: &scratch) { builder.append($0, isQuoted: true, field, row, piece: piece) }
                    }
                    return nested == nil
                }
                for field in wanted where isGiven[field] != row { builder.appendMissing(field, row, piece: piece) }
            }
        }
        return nested
    }

    /// The first value of an `auto` column decides.
    private func kinds(_ requests: [ColumnRequest]) -> [ColumnKind] {
        var kinds = requests.map(\.kind)
        let missing = requests.map { TextTable($0.missingValues) }
        var open = [[Int]](repeating: [], count: columns.count)
        for index in kinds.indices where kinds[index] == nil { open[requests[index].index].append(index) }
        var left = kinds.count { $0 == nil }
        var scratch: [UInt8] = []
        file.bytes.withUnsafeBufferPointer { bytes in
            for start in rowStarts where left > 0 {
                forEachMember(bytes, start) { key, value in
                    guard let field = JSONLine.withText(bytes, of: key, scratch: &scratch, { keys.number(of: $0) }), value.kind != .null else {
                        return true
                    }
                    for index in open[Int(field)] where kinds[index] == nil {
                        JSONLine.withText(bytes, of: value, scratch: &scratch) { text in
                            if missing[index].number(of: text) != nil { return }
                            kinds[index] = NumberParser.parse(text, decimal: UInt8(ascii: ".")) == .notANumber ? .categories : .numbers
                            left -= 1
                        }
                    }
                    return left > 0
                }
            }
        }
        return kinds.map { $0 ?? .numbers }
    }
}

/// Where the values of objects stand; one that is missing, where its object does.
struct JSONPlaces: CellPlaces {
    let source: JSONLinesSource

    func range(_ row: Int32, _ column: Int) -> SourceRange? {
        let (file, start) = (source.file, source.rowStarts[Int(row)])
        return file.bytes.withUnsafeBufferPointer { bytes in
            guard let value = source.member(column, bytes, start)?.value else { return file.range(start, start + 1) }
            return file.range(value.start, value.end)
        }
    }

    func text(_ row: Int32, _ column: Int) -> String {
        source.file.bytes.withUnsafeBufferPointer { bytes in
            var scratch: [UInt8] = []
            guard let value = source.member(column, bytes, source.rowStarts[Int(row)])?.value else { return "" }
            return JSONLine.withText(bytes, of: value, scratch: &scratch) { String(decoding: $0, as: UTF8.self) }
        }
    }

    func number(_ row: Int32, _ column: Int) -> Int { source.file.line(of: source.rowStarts[Int(row)]) }
}
