import Diagnostics
import SpecLanguage

// What can be wrong with JSON lines.
extension Diagnostic {
    static func badJSON(_ file: DataFile, _ mistake: JSONMistake, isOneLine: Bool) -> Diagnostic {
        let place = file.range(mistake.offset, min(mistake.offset + 1, file.bytes.count))
        let line = "line \(file.line(of: min(mistake.offset, max(file.bytes.count - 1, 0)))) of \(file.name)"
        func malformed(_ words: String, fix: String? = nil) -> Diagnostic {
            Diagnostic("E1050", "\(line) is no JSON object: \(words)", at: place, fix: fix)
        }
        switch mistake.kind {
        case .expected(let words): return malformed("expected \(words)")
        case .unfinished:
            return malformed("it ends within the object", fix: "write each object on a line of its own: `jq -c . file.json >file.jsonl` does")
        case .tooDeep: return malformed("more than 64 arrays and objects within each other")
        case .badEscape:
            return malformed("an escape that there is not", fix: "write a backslash as \\\\, and characters beyond U+FFFF as two \\u escapes")
        case .textBehind: return malformed("text behind the object", fix: "write each object on a line of its own")
        case .tooManyNames: return malformed("more than 1000000 different names")
        case .array:
            return Diagnostic(
                "E1051", "\(line) is a JSON array, and JSON lines hold an object each", at: place,
                fix: isOneLine
                    ? "convert it with `jq -c '.[]' file.json >file.jsonl`" : "write objects with the names of the columns, `{\"a\": 1, \"b\": 2}`")
        case .notANumber(let word):
            return Diagnostic("E1052", "\(word) in \(line) is no JSON", at: place, fix: "write null for a missing value; numbers are finite")
        case .keyTwice(let name):
            return Diagnostic("E1053", "\(line) has the name \(Shown.text(name)) twice", at: place, label: "again", fix: "remove one of them")
        }
    }

    static func nestedValue(_ file: DataFile, _ column: String, _ value: JSONValue) -> Diagnostic {
        Diagnostic(
            "E1054", "column \(Shown.text(column)) of \(file.name) holds an array or object, the first in line \(file.line(of: value.start))",
            at: file.range(value.start, value.end), label: "want a number, a text, true, false or null",
            fix: "give each of its values a name of its own, or leave the column out with `exclude`")
    }
}

// What can be wrong with a database and its query.
extension Diagnostic {
    static func notADatabase(_ path: String, _ words: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1060", "data file \(path) is no SQLite database that can be read: \(words)", at: place,
            fix: "check `format`, and where the file comes from")
    }

    static func queryRefused(_ name: String, _ mistake: Database.Mistake, tables: [String], at place: SourceRange?) -> Diagnostic {
        let held = tables.isEmpty ? [] : ["its tables are: \(Shown.list(tables))"]
        if mistake.isOfFile { return notADatabase(name, mistake.words, at: place) }
        if mistake.isForbidden {
            return Diagnostic(
                "E1063", "the query would do more than read \(name)", at: place, notes: ["a data file is never written: only SELECT is run"],
                fix: "write a SELECT, and change the database with a program of your own")
        }
        if mistake.isMissingTable {
            let wanted = String(mistake.words.drop { $0 != ":" }.dropFirst(2))
            let nearest = Suggestion.nearest(wanted, among: tables)
            return Diagnostic(
                "E1062", "\(name) has no table \(Shown.text(wanted))", at: place, notes: held.isEmpty ? ["it has no tables at all"] : held,
                fix: nearest.map { "did you mean \(Shown.text($0))?" })
        }
        return Diagnostic("E1061", "the query on \(name) is wrong: \(mistake.words)", at: place, notes: held)
    }

    static func columnOfQueryTwice(_ column: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1064", "the query gives two columns the name \(Shown.text(column))", at: place, fix: "give one of them another name with AS")
    }

    static func blobColumn(_ name: String, _ column: String, row: Int, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1065", "column \(Shown.text(column)) of \(name) holds blobs, the first in row \(row)", at: place,
            fix: "leave it out of the query, or turn it into numbers or texts there, with `CAST(\(column) AS TEXT)`")
    }

    static func databaseFromPipe(_ name: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1066", "a database cannot be read from \(name)", at: place, fix: "name the file")
    }

    static func queryOfPrediction(_ path: String) -> Diagnostic {
        Diagnostic("E1067", "\(path) is a SQLite database, and no query says which rows of it are meant", fix: "add `--query 'SELECT ...'`")
    }
}
