import Datasets
import Decimals
import Diagnostics
import SpecLanguage
import TestSupport
import Testing

/// However a file is divided, and whoever reads it: the same table, or the same message.
@Suite struct PiecesTests {
    private static let options = CSVOptions()

    /// All that can be seen of a reading.
    private static func outcome(_ bytes: [UInt8], stretch: Int, threads: Int) -> String {
        let sink = DiagnosticSink()
        let file = DataFile(name: "d.csv", bytes: bytes, stretch: stretch)
        guard let source = try? CSVSource(file, options: options, at: nil, sink: sink) else { return told(sink) }
        let modes: [ColumnMode] = [.number, .category, .auto, .label]
        let requests = source.columns.enumerated().map { index, name in
            ColumnRequest(index: index, name: name, mode: modes[index % 4], missingValues: index % 3 == 0 ? ["", "NA", "-9"] : ["", "NA"])
        }
        guard let table = try? source.read(requests, threads: threads, at: nil, sink: sink) else { return told(sink) }
        return table.columns.map { column in
            [
                column.request.name, column.numbers.map { String($0.bitPattern, radix: 16) }.joined(separator: " "),
                column.codes.map { "\($0)" }.joined(separator: " "), column.texts.texts.joined(separator: "|"), "\(column.missing)",
                "\(column.badNumbers)", "\(column.outOfRange)", "\(column.beyondFloat)", "\(column.numberPlaces)", "\(column.textPlaces)",
            ].joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func told(_ sink: DiagnosticSink) -> String {
        sink.diagnostics.map { "\($0.code) \($0.message) \($0.notes) \($0.range.map { "\($0.start) \($0.text)" } ?? "") \($0.related.map(\.text))" }
            .joined(separator: "\n")
    }

    private static let cells: [String] = [
        "1", "2.5", "-3e2", "", " 4 ", "+7", ".5", "5.", "1e400", "-1e39", "NA", "-9", "abc", "12345678901234567890", "0.1234567890123456789",
        "\"x,y\"", "\"two\nlines\"", "\"say \"\"hi\"\"\"", "\" 8 \"", "a\"b", "é", "\t6", "0", "-0", "1e5", "1e", "--1",
    ]

    @Test func anyDivisionGivesTheSame() {
        var dice = Dice(state: 21)
        for round in 0..<400 {
            let width = Int.random(in: 1...5, using: &dice)
            // Without rare cells most files are good; with them most tell of something.
            let kinds = round % 4 == 0 ? Self.cells : round % 4 == 1 ? Array(Self.cells.prefix(8)) : Self.cells.filter { !$0.hasPrefix("\"") }
            var text = (0..<width).map { "c\($0)" }.joined(separator: ",") + "\n"
            for _ in 0..<Int.random(in: 0...60, using: &dice) {
                let isRagged = round % 4 == 2 && Int.random(in: 0..<50, using: &dice) == 0
                text += (0..<(isRagged ? width + 1 : width)).map { _ in kinds.randomElement(using: &dice) ?? "" }.joined(separator: ",")
                text += ["\n", "\r\n", "\n\n", "\n  \n"][round % 3 == 0 ? Int.random(in: 0..<4, using: &dice) : 0]
            }
            if round % 5 == 0 { text.removeLast() }
            if round % 16 == 3 { text += "\"open" }
            let bytes = Array(text.utf8)
            let whole = Self.outcome(bytes, stretch: 1 << 18, threads: 1)
            for (stretch, threads) in [(1, 50), (3, 7), (8, 2), (16, 1), (64, 3), (200, 2)] {
                #expect(Self.outcome(bytes, stretch: stretch, threads: threads) == whole, "\(text.debugDescription) in \(stretch)s")
            }
        }
    }

    /// The reader's quick way and the scanner with the parser, cell by cell.
    @Test func agreesWithScannerAndParser() throws {
        var dice = Dice(state: 22)
        let common = Array("0123456789.,-+eE \t\r\n\";".utf8)
        for _ in 0..<3_000 {
            let bytes = Array("a,b\n".utf8) + (0..<Int.random(in: 0...60, using: &dice)).map { _ in common.randomElement(using: &dice) ?? 0 }
            let sink = DiagnosticSink()
            let file = DataFile(name: "d.csv", bytes: bytes, stretch: 5)
            let source = try CSVSource(file, options: Self.options, at: nil, sink: sink)
            let requests = (0..<2).map { ColumnRequest(index: $0, name: "", mode: .number, missingValues: []) }
            let table = try? source.read(requests, threads: 4, at: nil, sink: sink)
            let expected = Self.numbers(bytes)
            #expect((table == nil) == (expected == nil))
            guard let table, let expected else { continue }
            for column in 0..<2 { #expect(table.columns[column].numbers.map(\.bitPattern) == expected.map { $0[column].bitPattern }) }
        }
    }

    /// Rows of two numbers, NaN for what is none; nil if the file is refused.
    private static func numbers(_ bytes: [UInt8]) -> [[Double]]? {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = CSVScanner(buffer, options: options)
            var rows: [[Double]] = []
            var scratch: [UInt8] = []
            guard scanner.next() == .record else { return nil }
            while true {
                switch scanner.next() {
                case .record: break
                case .end: return rows.isEmpty ? nil : rows
                case .unclosedQuote, .textAfterQuote: return nil
                }
                guard scanner.fieldCount == 2 else { return nil }
                rows.append(
                    scanner.fields.map { field in
                        let text = buffer.withText(of: field, scratch: &scratch) { String(decoding: $0, as: UTF8.self) }
                        let ink = field.isQuoted ? text : text.trimmingBlanks
                        if case .number(let value) = NumberParser.parse(ink) { return value }
                        return .nan
                    })
            }
        }
    }

    /// Code points that cross the borders of stretches are looked at too.
    @Test func textIsSurveyedWhole() throws {
        var dice = Dice(state: 23)
        for _ in 0..<2_000 {
            let pieces: [[UInt8]] = [[0x41], Array("é".utf8), Array("€".utf8), Array("😀".utf8), [0x0A], [0x80], [0xE2, 0x82], [0xC0], [0xFF], [0]]
            let kinds = Bool.random(using: &dice) ? 5 : pieces.count
            let bytes = (0..<Int.random(in: 1...30, using: &dice)).flatMap { _ in pieces[Int.random(in: 0..<kinds, using: &dice)] }
            let isClean = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
            for stretch in [1, 2, 3, 4, 5, 16, 64] {
                let file = DataFile(name: "d", bytes: bytes, stretch: stretch)
                #expect(file.isCleanText == isClean, "\(bytes) in \(stretch)s")
            }
        }
        // Long enough for the vectors.
        var long = [UInt8](repeating: 0x41, count: 100_000)
        #expect(DataFile(name: "d", bytes: long, stretch: 5_000).isCleanText)
        for place in [0, 15, 16, 4079, 4080, 4999, 5000, 99_999] {
            for byte in [0, 0x80, 0xFF] as [UInt8] {
                long[place] = byte
                #expect(!DataFile(name: "d", bytes: long, stretch: 5_000).isCleanText)
            }
            long[place] = 0x41
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var text = Substring(self)
        while text.utf8.first == 0x20 || text.utf8.first == 0x09 { text.unicodeScalars.removeFirst() }
        while text.utf8.last == 0x20 || text.utf8.last == 0x09 { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
