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

    /// Looks at every line. Errors: E1050 to E1052.
    package init(_ file: DataFile, for purpose: DataPurpose, at place: SourceRange?, sink: DiagnosticSink) throws(Stopped) {
        self.file = file
        self.purpose = purpose
        self.place = place
        var keys = TextTable()
        var (starts, scratch): ([Int], [UInt8]) = ([], [])
        var mistake: JSONMistake?
        file.bytes.withUnsafeBufferPointer { bytes in
            /// The row in which each column came last.
            var lastRow: [Int] = []
            var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while at < bytes.count, mistake == nil {
                let end = JSONLinesSource.endOfLine(bytes, at)
                defer { at = end + 1 }
                if bytes[at..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
                do throws(JSONMistake) {
                    var line = try JSONLine(bytes, at..<end)
                    while let (key, _) = try line.next() {
                        let number = Int(JSONLine.withText(bytes, of: key, scratch: &scratch) { keys.intern($0) })
                        if number == lastRow.count { lastRow.append(-1) }
                        if lastRow[number] == starts.count { throw JSONMistake(kind: .keyTwice(keys.text(number)), offset: key.start) }
                        lastRow[number] = starts.count
                        if keys.count > JSONLinesSource.columnLimit { throw JSONMistake(kind: .tooManyNames, offset: key.start) }
                    }
                    starts.append(at)
                } catch {
                    mistake = error
                }
            }
        }
        if let mistake { throw sink.fail(.badJSON(file, mistake, isOneLine: file.survey.lineFeeds.reduce(0, +) < 2)) }
        self.keys = keys
        columns = keys.texts
        rowStarts = starts
    }

    private static func endOfLine(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
        return at
    }

    /// The members of a row, which has been read without a mistake before.
    fileprivate func forEachMember(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ body: (JSONValue, JSONValue) -> Bool) {
        guard var line = try? JSONLine(bytes, start..<JSONLinesSource.endOfLine(bytes, start)) else { return }
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
        guard let builder = TableBuilder(requests, kinds: kinds(requests), fieldCount: columns.count, rows: rowStarts.count) else {
            throw sink.fail(.noMemoryForData(file))
        }
        let wanted = Set(requests.map(\.index)).sorted()
        var nested: (column: Int, value: JSONValue)?
        file.bytes.withUnsafeBufferPointer { bytes in
            var (scratch, isGiven): ([UInt8], [Int]) = ([], Array(repeating: -1, count: columns.count))
            for (row, start) in rowStarts.enumerated() where nested == nil {
                forEachMember(bytes, start) { key, value in
                    guard let number = JSONLine.withText(bytes, of: key, scratch: &scratch, { keys.number(of: $0) }) else { return true }
                    let field = Int(number)
                    guard builder.wants(field) else { return true }
                    isGiven[field] = row
                    switch value.kind {
                    case .null: builder.appendMissing(field, row)
                    case .nested: nested = nested ?? (field, value)
                    case .text, .number, .boolean:
                        JSONLine.withText(bytes, of: value, scratch: &scratch) { builder.append($0, isQuoted: true, field, row) }
                    }
                    return nested == nil
                }
                for field in wanted where isGiven[field] != row { builder.appendMissing(field, row) }
            }
        }
        if let nested { throw sink.fail(.nestedValue(file, columns[nested.column], nested.value)) }
        let places = JSONPlaces(source: self)
        return DataTable(
            source: self, places: places, rows: rowStarts.count, placeByteCount: 8, columns: builder.columns(rows: rowStarts.count))
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
