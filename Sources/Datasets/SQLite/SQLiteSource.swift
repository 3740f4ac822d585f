import Decimals
import Diagnostics
import SpecLanguage

/// The rows of a query of a SQLite file. NULL is a missing value; a number is what its shortest text would be in a CSV file, integers with all
/// their digits.
///
/// The query is run twice, first to count its rows, and nothing is kept of it but the columns asked for.
struct SQLiteSource: TableSource {
    let name: String
    let purpose: DataPurpose
    let place: SourceRange?
    let columns: [String]
    private let query: Sourced<String>
    private let database: Database
    private let keys: TextTable

    var options: CSVOptions { CSVOptions() }
    var hasHeader: Bool { true }
    var headerLooksLikeData: Bool { false }
    var headerLine: SourceRange? { nil }
    var unit: RowUnit { .row }
    var byteCount: Int { 0 }
    func index(of name: String) -> Int? { keys.number(of: name).map { Int($0) } }
    func headerRange(_ index: Int) -> SourceRange? { nil }

    /// Errors: E100x (the file), E106x (database and query).
    init(
        _ path: String, query: Sourced<String>, for purpose: DataPurpose, at place: SourceRange?, isFromCommandLine: Bool, sink: DiagnosticSink
    ) throws(Stopped) {
        let opened = try OpenedFile(path, at: place, isFromCommandLine: isFromCommandLine, sink: sink)
        name = opened.name
        self.query = query
        self.purpose = purpose
        self.place = query.range ?? place
        do throws(Database.Mistake) {
            database = try Database(path)
        } catch {
            throw sink.fail(.notADatabase(path, error.words, at: place))
        }
        let statement = try SQLiteSource.statement(database, name, query, sink: sink)
        columns = statement.columns
        keys = TextTable(columns)
        if let twin = columns.indices.first(where: { keys.number(of: columns[$0]) != Int32($0) }), keys.count < columns.count {
            throw sink.fail(.columnOfQueryTwice(columns[twin], at: query.range))
        }
    }

    private static func statement(_ database: Database, _ name: String, _ query: Sourced<String>, sink: DiagnosticSink) throws(Stopped) -> Statement {
        do throws(Database.Mistake) {
            let statement = try Statement(database, query.value)
            // VACUUM asks no authorizer.
            if !statement.isReadOnly { throw .forbidden }
            if statement.hasMore { throw Database.Mistake(code: 1, words: "it holds more than one statement") }
            return statement
        } catch {
            throw sink.fail(.queryRefused(name, error, tables: database.tables, at: query.range))
        }
    }

    func read(
        _ requests: [ColumnRequest], threads: Int, at place: SourceRange?, rowLimit: Int, sink: DiagnosticSink
    ) throws(Stopped) -> DataTable {
        let statement = try SQLiteSource.statement(database, name, query, sink: sink)
        var kinds = requests.map(\.kind)
        let missing = requests.map { TextTable($0.missingValues) }
        var rows = 0
        var blob: (column: Int, row: Int)?
        let wanted = Set(requests.map(\.index)).sorted()
        do throws(Database.Mistake) {
            while try statement.step() {
                rows += 1
                if rows > rowLimit { break }
                if blob == nil, let column = wanted.first(where: { if case .blob = statement.value($0) { true } else { false } }) {
                    blob = (column, rows)
                }
                for (index, request) in requests.enumerated() where kinds[index] == nil {
                    guard let text = SQLiteSource.text(statement.value(request.index)), missing[index].number(of: text) == nil else { continue }
                    kinds[index] = NumberParser.parse(text) == .notANumber ? .categories : .numbers
                }
            }
        } catch {
            throw sink.fail(.queryRefused(name, error, tables: [], at: query.range))
        }
        if rows > rowLimit { throw sink.fail(.tooManyRows(name, limit: rowLimit, at: place)) }
        if let blob { throw sink.fail(.blobColumn(name, columns[blob.column], row: blob.row, at: query.range ?? place)) }
        if rows == 0 { throw sink.fail(.noRows(self, at: query.range ?? place)) }
        guard let builder = TableBuilder(requests, kinds: kinds.map { $0 ?? .numbers }, fieldCount: columns.count, rows: rows) else {
            throw sink.fail(.noMemoryForData(name, 0))
        }
        statement.restart()
        var row = 0
        do throws(Database.Mistake) {
            while row < rows, try statement.step() {
                for field in wanted {
                    if let text = SQLiteSource.text(statement.value(field)) {
                        builder.append(text, field, row)
                    } else {
                        builder.appendMissing(field, row)
                    }
                }
                row += 1
            }
        } catch {
            throw sink.fail(.queryRefused(name, error, tables: [], at: query.range))
        }
        let places = SQLitePlaces(database: database, query: query.value)
        return DataTable(source: self, places: places, rows: row, columns: builder.columns(rows: row))
    }

    /// nil for NULL, and for a blob, which has been refused.
    fileprivate static func text(_ value: Statement.Value) -> String? {
        switch value {
        case .null, .blob: return nil
        case .integer(let value): return value.description
        case .real(let value):
            return value == value.rounded(.towardZero) && value.magnitude <= 0x1p53 ? Int64(value).description : value.description
        case .text(let text): return text
        }
    }
}

/// Rows of a query are numbered from 1; it is run again to tell a value.
struct SQLitePlaces: CellPlaces {
    let database: Database
    let query: String

    func range(_ row: Int32, _ column: Int) -> SourceRange? { nil }
    func number(_ row: Int32, _ column: Int) -> Int { Int(row) + 1 }

    func text(_ row: Int32, _ column: Int) -> String {
        guard let statement = try? Statement(database, query) else { return "" }
        for _ in 0...row { guard (try? statement.step()) == true else { return "" } }
        return SQLiteSource.text(statement.value(column)) ?? ""
    }
}
