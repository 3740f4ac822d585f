internal import CSQLite

/// A SQLite file, opened for reading only.
///
/// SQLite does the work. Nothing in the file or the query can write: the file is opened read-only, and an authorizer lets a statement do
/// nothing but select and call functions, which keeps out ATTACH, PRAGMA and extensions as well, also where a view hides them.
final class Database {
    struct Mistake: Error, Equatable {
        let code: Int32
        let words: String
    }

    fileprivate let handle: OpaquePointer

    /// Errors: what SQLite says of the file.
    init(_ path: String) throws(Mistake) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let words = opened.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
            sqlite3_close(opened)
            throw Mistake(code: code, words: words)
        }
        handle = opened
        // Longer texts than this are no names of categories; the default is a gigabyte.
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 1 << 28)
        // The schema is read with the first statement: a file that is no database is found here.
        _ = try Statement(self, "SELECT name FROM sqlite_master LIMIT 1").step()
        sqlite3_set_authorizer(
            handle,
            { _, action, _, second, _, _ in
                switch action {
                case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
                case SQLITE_FUNCTION:
                    return second.map { String(cString: $0).lowercased() == "load_extension" } ?? true ? SQLITE_DENY : SQLITE_OK
                default: return SQLITE_DENY
                }
            }, nil)
    }

    deinit { sqlite3_close_v2(handle) }

    /// Names of tables and views, in the order of their names.
    var tables: [String] {
        guard let statement = try? Statement(self, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name") else { return [] }
        var names: [String] = []
        while (try? statement.step()) == true, case .text(let name) = statement.value(0) { names.append(name) }
        return names.filter { !$0.hasPrefix("sqlite_") }
    }

    fileprivate var mistake: Mistake { Mistake(code: sqlite3_errcode(handle), words: String(cString: sqlite3_errmsg(handle))) }
}

/// A query on its way.
final class Statement {
    enum Value: Equatable { case null, integer(Int64), real(Double), text(String), blob(byteCount: Int) }

    private let database: Database
    private let handle: OpaquePointer
    /// Whether more than blanks stand behind the first statement.
    let hasMore: Bool

    /// Errors: what SQLite says of the query; SQLITE_AUTH for one that would do more than read, an empty one with SQLITE_OK.
    init(_ database: Database, _ query: String) throws(Database.Mistake) {
        self.database = database
        var statement: OpaquePointer?
        var rest = ""
        var query = query
        let code = query.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v2(database.handle, characters.baseAddress, Int32(clamping: characters.count), &statement, &tail)
                if let tail, let base = characters.baseAddress { rest = String(decoding: text[(tail - base)...], as: UTF8.self) }
                return code
            }
        }
        guard code == SQLITE_OK else { throw database.mistake }
        guard let statement else { throw Database.Mistake(code: SQLITE_OK, words: "no statement") }
        handle = statement
        hasMore = rest.contains { !$0.isWhitespace && $0 != ";" }
    }

    deinit { sqlite3_finalize(handle) }

    /// Whether running it changes nothing.
    var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    var columns: [String] {
        (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
    }

    /// Whether there is another row, which is then the one that `value` tells of.
    func step() throws(Database.Mistake) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw database.mistake
        }
    }

    func restart() { sqlite3_reset(handle) }

    func value(_ column: Int) -> Value {
        let column = Int32(column)
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, column))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(handle, column) else { return .null }
            let count = Int(sqlite3_column_bytes(handle, column))
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
        case SQLITE_BLOB: return .blob(byteCount: Int(sqlite3_column_bytes(handle, column)))
        default: return .null
        }
    }
}

extension Database.Mistake {
    /// Whether the file is no database, or a damaged one.
    var isOfFile: Bool { code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_CANTOPEN || code == SQLITE_IOERR }
    /// Whether the statement would have done more than read.
    var isForbidden: Bool { code == SQLITE_AUTH || words.hasPrefix("not authorized") }
    static let forbidden = Database.Mistake(code: SQLITE_AUTH, words: "not authorized")
    var isMissingTable: Bool { words.hasPrefix("no such table") }
}
