import Diagnostics

/// Makes columns of texts that come row by row, from files whose values are texts already or are turned into such.
///
/// Memory: 8 bytes per row and column of numbers, 4 of categories, 12 of labels, and each distinct text once.
final class TableBuilder {
    private let memory: ColumnMemory
    private let requests: [ColumnRequest]
    /// Of each piece of the file.
    private let parts: [[ColumnPart]]
    /// For each field the columns that are made of it.
    private let columnsOfField: [[Int]]

    /// - Parameters:
    ///   - kinds: what each column holds.
    ///   - fieldCount: columns of the file.
    ///   - capacities: rows of each piece of the file, at most; pieces may be filled at the same time.
    /// nil if the system has no memory.
    init?(_ requests: [ColumnRequest], kinds: [ColumnKind], fieldCount: Int, capacities: [Int]) {
        let plans = zip(requests, kinds).map { ColumnPlan($0, $1, decimal: UInt8(ascii: ".")) }
        guard let memory = ColumnMemory(plans, fieldCount: fieldCount, capacities: capacities) else { return nil }
        self.memory = memory
        self.requests = requests
        parts = capacities.indices.map { piece in plans.indices.map { memory.part($0, piece: piece) } }
        var columns = [[Int]](repeating: [], count: fieldCount)
        for (column, request) in requests.enumerated() { columns[request.index].append(column) }
        columnsOfField = columns
    }

    /// For a file that is read in one piece.
    convenience init?(_ requests: [ColumnRequest], kinds: [ColumnKind], fieldCount: Int, rows: Int) {
        self.init(requests, kinds: kinds, fieldCount: fieldCount, capacities: [rows])
    }

    /// Whether all columns that are made of a field keep arrays and objects.
    func keepsNested(_ field: Int) -> Bool { columnsOfField[field].allSatisfy { requests[$0].keepsNested } }

    /// Whether any column is made of a field.
    func wants(_ field: Int) -> Bool { !columnsOfField[field].isEmpty }

    /// Takes the value of a field; blanks around it are its own if `isQuoted`. Each field of each row is given once, here or below.
    ///
    /// - Parameter row: from the first of the piece on.
    func append(_ text: UnsafeBufferPointer<UInt8>, isQuoted: Bool, _ field: Int, _ row: Int, piece: Int = 0) {
        for column in columnsOfField[field] { parts[piece][column].append(text, isQuoted: isQuoted, row) }
    }

    func append(_ text: String, _ field: Int, _ row: Int) {
        var text = text
        text.withUTF8 { append($0, isQuoted: true, field, row) }
    }

    func appendMissing(_ field: Int, _ row: Int, piece: Int = 0) {
        for column in columnsOfField[field] { parts[piece][column].appendMissing(row) }
    }

    func columns(rows: Int) -> [TableColumn] { columns([rows], threads: 1) }

    /// - Parameter rows: of each piece.
    func columns(_ rows: [Int], threads: Int) -> [TableColumn] {
        for (parts, rows) in zip(parts, rows) { for part in parts { part.rows = rows } }
        return memory.table(zip(rows, parts).map { ($0, $1) }, threads: threads).columns
    }
}
