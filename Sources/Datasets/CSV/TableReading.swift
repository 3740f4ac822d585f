import Decimals

/// Reads the rows of a file: divides it at line ends, reads the pieces at the same time and joins them.
///
/// A piece takes for granted that a record begins where it begins. It need not: the line end may stand between quotes. Whether it does shows
/// once the piece before has been read to the end of its last record; a piece that began at the wrong place is then read again from there,
/// so the result is that of reading the file from its start.
struct TableReading {
    private let source: CSVSource
    private let memory: ColumnMemory
    private var pieces: [CSVPiece] = []
    /// The first in the order of the file.
    private(set) var mistake: CSVGrammar.Mistake?
    /// Where the record of the mistake begins.
    private(set) var mistakenRecord = 0
    private(set) var ragged = Places()
    private(set) var raggedStarts: [(offset: Int, fields: Int)] = []
    private(set) var rows = 0

    /// nil if the system has no memory.
    init?(_ source: CSVSource, _ requests: [ColumnRequest], from start: Int, threads: Int) {
        let (file, options, fieldCount) = (source.file, source.options, source.columns.count)
        let result: (ColumnMemory, [CSVPiece])? = file.bytes.withUnsafeBufferPointer { bytes in
            let grammar = CSVGrammar(bytes, options)
            let borders = TableReading.borders(bytes, file.survey, from: start, pieces: threads * 4)
            // A record has at least a byte for each of its fields, its delimiter or line feed.
            let capacities = zip(borders, borders.dropFirst()).map { min($1.lineFeeds - $0.lineFeeds, ($1.offset - $0.offset) / fieldCount + 1) }
            let plans = CSVSource.plans(requests, grammar, from: start, columns: fieldCount)
            guard let memory = ColumnMemory(plans, fieldCount: fieldCount, capacities: capacities) else { return nil }
            var pieces = capacities.indices.map {
                CSVPiece(grammar, memory, piece: $0, start: borders[$0].offset, limit: borders[$0 + 1].offset)
            }
            nonisolated(unsafe) let first = pieces
            Team.run(first.count, threads: threads) { first[$0].read() }
            for index in pieces.indices.dropFirst() where pieces[index - 1].mistake == nil && pieces[index - 1].end != borders[index].offset {
                let start = pieces[index - 1].end
                pieces[index] = CSVPiece(grammar, memory, piece: index, start: start, limit: borders[index + 1].offset)
                pieces[index].read()
            }
            return (memory, pieces)
        }
        guard let result else { return nil }
        self.source = source
        (memory, pieces) = result
        for piece in pieces where mistake == nil {
            for start in piece.raggedStarts where raggedStarts.count < Places.shown { raggedStarts.append(start) }
            ragged.add(piece.ragged, from: rows)
            rows += piece.rows
            (mistake, mistakenRecord) = (piece.mistake, piece.end)
        }
    }

    func table(threads: Int) -> DataTable {
        let (rowStarts, block, columns) = memory.table(pieces.map { ($0.rows, $0.parts) }, threads: threads)
        let places = CSVPlaces(source: source, rowStarts: rowStarts, memory: block)
        return DataTable(source: source, places: places, rows: rows, placeByteCount: 8, columns: columns)
    }

    /// Where pieces begin: behind line feeds, with how many of these stand in front. The last one is the end of the file, where a line without
    /// a line feed counts as one.
    private static func borders(
        _ bytes: UnsafeBufferPointer<UInt8>, _ survey: TextSurvey, from start: Int, pieces: Int
    ) -> [(offset: Int, lineFeeds: Int)] {
        let feed = UInt8(ascii: "\n")
        var borders = [(offset: start, lineFeeds: bytes[..<start].reduce(0) { $0 + ($1 == feed ? 1 : 0) })]
        let stretches = survey.lineFeeds.count
        let step = max((stretches + pieces - 1) / pieces, 1)
        var lineFeeds = 0
        for stretch in 0..<stretches {
            let offset = stretch * survey.stretch
            if stretch > 0, stretch % step == 0, offset > borders[borders.count - 1].offset,
                let next = bytes[offset...].firstIndex(of: feed), next + 1 < bytes.count
            {
                borders.append((next + 1, lineFeeds + 1))
            }
            lineFeeds += survey.lineFeeds[stretch]
        }
        let isOpen = bytes.last != feed
        borders.append((bytes.count, lineFeeds + (isOpen ? 1 : 0)))
        return borders
    }
}
