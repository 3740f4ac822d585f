import Diagnostics
import SpecLanguage

/// What a file is read for: it decides whether a message may advise a change of the spec.
package enum DataPurpose: Sendable {
    case training
    /// evaluate and predict: the model is what it is, only the file can change.
    case trainedModel
}

/// A data file of any format whose columns are known; its rows come with `read`, and are the same table whatever the format.
package protocol TableSource {
    /// The file as the user named it.
    var name: String { get }
    var purpose: DataPurpose { get }
    /// Names in the order of the file.
    var columns: [String] { get }
    /// How a text table is written; the defaults for other formats.
    var options: CSVOptions { get }
    /// Whether the names come from the file, and were not made up.
    var hasHeader: Bool { get }
    /// Whether the names look like a row of data.
    var headerLooksLikeData: Bool { get }
    /// The names of all columns; nil where none are written.
    var headerLine: SourceRange? { get }
    /// What rows are counted in: lines of a text, else rows.
    var unit: RowUnit { get }
    /// Where the spec names the file; nil for a file of the command line.
    var place: SourceRange? { get }
    /// Bytes of the file as it lies in memory while its rows are read.
    var byteCount: Int { get }

    /// What became of the file since it was opened, where it is read in its place; nil: nothing.
    var loss: Diagnostic? { get }

    /// Number of a column. Differs from == in nothing but that it compares bytes.
    func index(of name: String) -> Int?

    /// Where the name of a column stands; nil where none is written.
    func headerRange(_ index: Int) -> SourceRange?

    /// Reads all rows into the columns asked for, with so many threads; the result does not depend on their number.
    ///
    /// - Parameter rowLimit: rows are numbered in 32 bits.
    /// Errors: E10xx.
    func read(
        _ requests: [ColumnRequest], threads: Int, at place: SourceRange?, rowLimit: Int, sink: DiagnosticSink
    ) throws(Stopped) -> DataTable
}

/// How messages call the place of a row.
package enum RowUnit: String, Sendable { case line, row }

extension TableSource {
    package static var largestRowCount: Int { Int(Int32.max) - 1 }
    /// A text has been read into memory as a whole.
    package var loss: Diagnostic? { nil }

    func read(_ requests: [ColumnRequest], threads: Int = Team.coreCount, at place: SourceRange?, sink: DiagnosticSink) throws(Stopped) -> DataTable {
        try read(requests, threads: threads, at: place, rowLimit: Self.largestRowCount, sink: sink)
    }
}

/// The way from a value of a table back to where it stands.
protocol CellPlaces {
    /// The value as an excerpt of the file; nil where the file is no text.
    func range(_ row: Int32, _ column: Int) -> SourceRange?
    /// The value as it is written.
    func text(_ row: Int32, _ column: Int) -> String
    /// Its line, or the number of its row, from 1.
    func number(_ row: Int32, _ column: Int) -> Int
}

/// The columns of a file that were asked for, read, with a way back to the place of each value.
package struct DataTable {
    package let source: any TableSource
    private let places: any CellPlaces
    package let rows: Int
    /// Bytes that the places take for each row.
    private let placeByteCount: Int
    package let columns: [TableColumn]
    /// That of the rows' weights, if they have some.
    package var weights: TableColumn? { columns.first { $0.request.isWeight } }

    init(source: any TableSource, places: any CellPlaces, rows: Int, placeByteCount: Int = 0, columns: [TableColumn]) {
        self.source = source
        self.places = places
        self.rows = rows
        self.placeByteCount = placeByteCount
        self.columns = columns
    }

    /// The file, where its rows begin, and the columns.
    var byteCount: Int { source.byteCount + rows * (placeByteCount + columns.reduce(0) { $0 + $1.byteCountPerRow }) }

    /// The same rows with other columns.
    func with(_ columns: [TableColumn]) -> DataTable {
        DataTable(source: source, places: places, rows: rows, placeByteCount: placeByteCount, columns: columns)
    }

    /// The place of a value, as an excerpt of the file; nil where the file is no text.
    func range(_ row: Int32, _ column: TableColumn) -> SourceRange? { places.range(row, column.request.index) }

    /// The place of a value, else where the file is named.
    package func place(_ row: Int32, _ column: TableColumn) -> SourceRange? { range(row, column) ?? source.place }

    /// The first value that is this one of a column's texts.
    package func range(ofText number: Int, _ column: TableColumn) -> SourceRange? {
        column.codes.firstIndex(of: Int32(number)).flatMap { range(Int32($0), column) }
    }

    /// The name of a column where it is written, its first value where it is not, else where the file is named.
    package func headerRange(_ column: TableColumn) -> SourceRange? { source.headerRange(column.request.index) ?? place(0, column) }

    /// The text of a value as it is written.
    package func text(_ row: Int32, _ column: TableColumn) -> String { places.text(row, column.request.index) }

    /// "line 7", or "row 7" where the file has no lines.
    package func whereabouts(_ row: Int32, _ column: TableColumn) -> String { "\(source.unit.rawValue) \(number(row, column))" }

    /// The place of a value of any column, whether it was read or not.
    package func range(ofRow row: Int, column: Int) -> SourceRange? { places.range(Int32(row), column) }

    /// Line of a row, or its number, from 1.
    package func line(ofRow row: Int) -> Int { places.number(Int32(row), 0) }

    /// Line of a value, or the number of its row, from 1.
    func number(_ row: Int32, _ column: TableColumn) -> Int { places.number(row, column.request.index) }
}
