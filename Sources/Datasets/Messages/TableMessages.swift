import Diagnostics

// What can be wrong with a file as a table: quotes, widths, the header, its columns.
extension Diagnostic {
    static func onlyComments(_ file: DataFile, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1020", "data file \(file.name) has no header and no rows, only comment lines", at: place)
    }

    static func unclosedQuote(_ file: DataFile, _ offset: Int) -> Diagnostic {
        Diagnostic(
            "E1021", "the quote that opens in line \(file.line(of: offset)) of \(file.name) is never closed", at: file.range(offset, offset + 1),
            label: "opened here", fix: "close it, or write a quote inside a quoted field twice: \"\"")
    }

    static func textAfterQuote(_ file: DataFile, _ offset: Int) -> Diagnostic {
        Diagnostic(
            "E1022", "text after a closing quote in line \(file.line(of: offset)) of \(file.name)", at: file.range(offset, offset + 1),
            label: "expected the delimiter or the end of the line", fix: "write a quote inside a quoted field twice: \"\"")
    }

    static func tooManyColumns(_ file: DataFile, _ count: Int, _ purpose: DataPurpose, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1023", "the first line of \(file.name) has \(count) fields, the limit is 1000000", at: place,
            fix: purpose == .training ? "check `delimiter`" : nil)
    }

    /// - Parameter count: how many names stand there again.
    static func duplicateColumn(_ name: String, positions: (Int, Int), ranges: (SourceRange, SourceRange), of count: Int) -> Diagnostic {
        Diagnostic(
            "E1024", "duplicate column name \(Shown.text(name)): columns \(positions.0) and \(positions.1) of \(ranges.0.file.name)", at: ranges.1,
            related: [Label(ranges.0, "first here")], notes: count > 10 ? ["\(count) names stand in the header again"] : [],
            fix: "rename one of them")
    }

    static func raggedRows(_ source: CSVSource, _ starts: [(offset: Int, fields: Int)], count: Int) -> Diagnostic {
        let file = source.file
        let places = starts.map { start in
            var end = start.offset
            while end < file.bytes.count, file.bytes[end] != UInt8(ascii: "\n"), file.bytes[end] != UInt8(ascii: "\r") { end += 1 }
            return file.range(start.offset, end)
        }
        let lines = starts.map { "\(file.line(of: $0.offset))" }
        var notes =
            source.hasHeader
            ? ["the header has \(Shown.count(source.columns.count, "field")): \(Shown.list(source.columns))"]
            : ["the first line has \(Shown.count(source.columns.count, "field"))"]
        if count > 1 { notes.append("\(count) lines are like that: \(lines.joined(separator: ", "))\(count > lines.count ? ", ..." : "")") }
        return Diagnostic(
            "E1025", "line \(lines[0]) of \(file.name) has \(Shown.count(starts[0].fields, "field")), expected \(source.columns.count)",
            at: places[0],
            related: starts.indices.dropFirst().map { Label(places[$0], Shown.count(starts[$0].fields, "field")) }, notes: notes,
            fix: "put fields that hold the delimiter in quotes" + (source.purpose == .training ? ", and check `delimiter`" : ""))
    }

    static func noRows(_ source: any TableSource, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1026", "data file \(source.name) has \(source.unit == .line ? "a header but " : "")no rows", at: place,
            notes: ["\(source.unit == .line ? "the header is" : "its columns are"): \(Shown.list(source.columns))"],
            fix: source.headerLooksLikeData && source.purpose == .training ? "write `header: false` if its first line is data" : nil)
    }

    static func tooManyRows(_ name: String, limit: Int, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1027", "data file \(name) has more than \(limit) rows", at: place)
    }

    /// `names` are missing in the file; one of them unless the header is no header at all.
    static func columnsNotFound(_ names: [String], _ source: any TableSource, at place: SourceRange?) -> Diagnostic {
        let file = source.name
        let isOne = names.count == 1
        let nearest = isOne ? Suggestion.nearest(names[0], among: source.columns) : nil
        let caseTwin = nearest.flatMap { $0.lowercased() == names[0].lowercased() ? $0 : nil }
        let found =
            source.hasHeader
            ? source.headerLine == nil ? "the columns found are: \(Shown.list(source.columns))" : "the header found is: \(Shown.list(source.columns))"
            : "without a header the columns are: \(Shown.list(source.columns))"
        var fix: String?
        if source.headerLooksLikeData, source.purpose == .trainedModel {
            fix = "if this first line is data, write a line with the names of the columns above it"
        } else if source.headerLooksLikeData {
            fix = "if this first line is data, write `header: false`; the columns are then c0, c1, ..."
        } else if let caseTwin {
            fix = "the file has \(Shown.text(caseTwin)): upper and lower case count"
        } else if let nearest {
            fix = "did you mean \(Shown.text(nearest))?"
        } else if source.columns.count == 1, source is CSVSource {
            let delimiter = Shown.text(String(decoding: [source.options.delimiter], as: UTF8.self))
            fix =
                "the header is one field only: "
                + (source.purpose == .training ? "check `delimiter`" : "the model reads files with the delimiter \(delimiter)")
        }
        return Diagnostic(
            "E1101",
            "\(isOne ? "column" : "columns") \(names.prefix(12).map(Shown.text).joined(separator: ", ")) \(isOne ? "is" : "are") not in \(file)",
            at: place, related: nearest.flatMap { source.index(of: $0) }.flatMap(source.headerRange).map { [Label($0, "the nearest")] } ?? [],
            notes: [found],
            fix: fix)
    }

    static func noFeatures(_ source: any TableSource, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1102", "no column of \(source.name) is left as a feature", at: place, notes: ["its columns are: \(Shown.list(source.columns))"],
            fix: "shorten `exclude`, or name the features")
    }
}
