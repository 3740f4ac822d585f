import Datasets
import Decimals
import Diagnostics
import SpecLanguage
import TestSupport
import Testing

/// The index of field ends, and the reader that goes by it, against a reader that takes one byte after the other: above all where fields, records
/// and quotes meet the borders of the blocks of 64 bytes.
@Suite struct FieldEndTests {
    /// All ends of texts of any length, from any offset on, as far as the block with the first quote.
    @Test func endsAreThoseOfOneByteAfterTheOther() {
        var dice = Dice(state: 61)
        for round in 0..<3_000 {
            let count = round < 400 ? round % 200 : Int.random(in: 0...9_000, using: &dice)
            let letters = Array([",\n1", ",23456789\n", ",\n12345678\"", "\0\u{1}\u{7F}é,;\n"][round % 4].utf8)
            let isRare = round % 4 == 2
            let text = (0..<count).map { _ in
                isRare && Int.random(in: 0..<1_000, using: &dice) > 0 ? UInt8(ascii: "7") : letters.randomElement(using: &dice) ?? 0
            }
            let bytes = text + [UInt8(ascii: "\n")] + [UInt8](repeating: 0, count: FileBytes.padding)
            let start = Int.random(in: 0...min(count, 150), using: &dice)
            bytes.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                var ends = FieldEnds(base, limit: count + 1, delimiter: UInt8(ascii: ","))
                defer { ends.deallocate() }
                ends.skip(to: start)
                var found: [Int] = []
                var next = start
                while !ends.isAtEnd {
                    ends.look(from: next)
                    // Some are left to the next round.
                    let taken = ends.isAtEnd ? ends.pendingCount : Int.random(in: 0...ends.pendingCount, using: &dice)
                    found += (0..<taken).map { ends.origin + Int(ends.pending[$0]) }
                    ends.take(taken)
                    next = found.last.map { $0 + 1 } ?? start
                }
                var stop = count + 1
                if let quote = text[start...].firstIndex(of: UInt8(ascii: "\"")) { stop = start + (quote - start) / 64 * 64 }
                #expect(ends.isStopped == (stop <= count) && ends.scanned >= stop)
                #expect(found == (start..<stop).filter { bytes[$0] == UInt8(ascii: ",") || bytes[$0] == UInt8(ascii: "\n") }, "\(text) from \(start)")
            }
        }
    }

    // MARK: The reader

    private enum Cell: Equatable {
        case number(UInt64)
        case text([UInt8])
        case none
    }

    /// One byte after the other: the rows behind the header, the first column as texts, the others as numbers; nil if the file is refused.
    private static func plainly(_ bytes: [UInt8], _ options: CSVOptions) -> [[Cell]]? {
        var rows: [[Cell]] = []
        var at = 0
        func peek(_ offset: Int = 0) -> UInt8? { at + offset < bytes.count ? bytes[at + offset] : nil }
        func isBlank(_ byte: UInt8?) -> Bool { (byte == 0x20 || byte == 0x09) && byte != options.delimiter }
        func isEnd(_ offset: Int = 0) -> Bool { peek(offset) == nil || peek(offset) == UInt8(ascii: "\n") }
        func isReturn() -> Bool { peek() == UInt8(ascii: "\r") && isEnd(1) }
        var width: Int?
        while at < bytes.count {
            let lineStart = at
            if options.comment != nil, peek() == options.comment {
                while !isEnd() { at += 1 }
            } else {
                while isBlank(peek()) || isReturn() { at += 1 }
            }
            if isEnd() {
                at += 1
                continue
            }
            at = lineStart
            var cells: [Cell] = []
            var isLast = false
            while !isLast {
                let start = at
                var text: [UInt8] = []
                while isBlank(peek()) { at += 1 }
                if peek() == UInt8(ascii: "\"") {
                    at += 1
                    while true {
                        guard let byte = peek() else { return nil }
                        at += 1
                        if byte == UInt8(ascii: "\"") {
                            if peek() != UInt8(ascii: "\"") { break }
                            at += 1
                        }
                        text.append(byte)
                    }
                    while isBlank(peek()) { at += 1 }
                    if isReturn() { at += 1 }
                    if !isEnd(), peek() != options.delimiter { return nil }
                    cells.append(cell(text, isQuoted: true, cells.count, options))
                } else {
                    at = start
                    while !isEnd(), peek() != options.delimiter {
                        text.append(bytes[at])
                        at += 1
                    }
                    if isEnd(), text.last == UInt8(ascii: "\r") { text.removeLast() }
                    cells.append(cell(text, isQuoted: false, cells.count, options))
                }
                isLast = isEnd()
                at += 1
            }
            if let width, cells.count != width { return nil }
            if width != nil { rows.append(cells) }
            width = cells.count
        }
        return rows.isEmpty ? nil : rows
    }

    private static func cell(_ text: [UInt8], isQuoted: Bool, _ column: Int, _ options: CSVOptions) -> Cell {
        var ink = text[...]
        if !isQuoted {
            while ink.first == 0x20 || ink.first == 0x09 { ink.removeFirst() }
            while ink.last == 0x20 || ink.last == 0x09 { ink.removeLast() }
        }
        if ink.isEmpty { return .none }
        if column == 0 { return .text(text) }
        guard case .number(let value) = Array(ink).withUnsafeBufferPointer({ NumberParser.parse($0, decimal: options.decimal) }) else { return .none }
        return .number(value.bitPattern)
    }

    private static func read(_ bytes: [UInt8], _ options: CSVOptions, stretch: Int, threads: Int) -> [[Cell]]? {
        let sink = DiagnosticSink()
        let file = DataFile(name: "d.csv", bytes: bytes, stretch: stretch)
        guard let source = try? CSVSource(file, options: options, at: nil, sink: sink) else { return nil }
        let requests = source.columns.enumerated().map {
            ColumnRequest(index: $0, name: $1, mode: $0 == 0 ? .category : .number, missingValues: [""])
        }
        guard let table = try? source.read(requests, threads: threads, at: nil, sink: sink) else { return nil }
        return (0..<table.rows).map { row in
            table.columns.enumerated().map { index, column in
                if index > 0 { return column.numbers[row].isNaN ? .none : .number(column.numbers[row].bitPattern) }
                return column.codes[row] < 0 ? .none : .text(Array(column.texts.text(Int(column.codes[row])).utf8))
            }
        }
    }

    private static func compare(_ bytes: [UInt8], _ options: CSVOptions = CSVOptions(), comment: Comment = "") -> Bool {
        let expected = plainly(bytes, options)
        for (stretch, threads) in [(1 << 18, 1), (64, 2), (100, 3)] {
            #expect(
                read(bytes, options, stretch: stretch, threads: threads) == expected, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
        return expected != nil
    }

    /// A first name of every length moves all that follows over the borders.
    private static func name(_ length: Int) -> String { String(repeating: "n", count: length) }

    /// Every length of a file from nothing to more than two blocks, cut off anywhere: behind a line feed, in a number, in quotes.
    @Test func everyLengthAroundTwoBlocks() {
        let bodies = [
            "u,1,-2.5\nv,30,4e2\n", "\"u\",1,2\n\"a,b\",3,4\n", "u,1,2\r\n\r\nv,3,\r\n", "\"two\nlines\",1,2\nw,12345678.5,0.12345678901234567\n",
            "u\"v,1,2\n",
            " u , 1 ,2\t\n", "u,1,2\n  \n\n", "long text without end,123456789,-123456789012345678\n",
        ]
        var read = 0
        for body in bodies {
            for shift in 1...9 {
                let whole = Array((Self.name(shift) + ",b,c\n" + String(repeating: body, count: 12)).utf8)
                for length in 0...min(131, whole.count) where Self.compare(Array(whole[..<length])) { read += 1 }
            }
        }
        // Most that are cut off in a row are refused.
        #expect(read > 300)
    }

    /// A field of every kind at every place relative to the blocks.
    @Test func fieldsAcrossBlocks() {
        let fields = [
            "7", "255", "5.1", "-0.123456", "+12345678", "1234567.8", "123456789.25", "-1.234567e-05", "1E5", "12345678901234567890",
            "0.1234567890123456789",
            "", " 3 ", "\" 8 \"", "\"1\"", "x", "1e400", "-", "0000000000000000000000001", "99999999999999999999999999",
        ]
        for field in fields {
            for shift in 1...64 {
                let text = Self.name(shift) + ",b,c\nt,\(field),\(field)\n\"q\",\(field),1\nt,2,\(field)\r\nt,\(field),\(field)"
                let isRead = Self.compare(Array(text.utf8))
                #expect(isRead)
            }
        }
    }

    @Test func quotesAcrossBlocks() {
        for text in ["\"a,b\n,\"\"c\"", "\"\"", "\"\"\"\"", " \"spaced\" ", "no\"quote", "\"\n\n\n\""] {
            for shift in 1...64 {
                for rows in [1, 7] {
                    let body = String(repeating: "t,1,2\n", count: rows) + "\(text),3,4\n" + String(repeating: "t,5,6\n", count: rows)
                    #expect(Self.compare(Array((Self.name(shift) + ",b,c\n" + body + body).utf8)))
                    #expect(!Self.compare(Array((Self.name(shift) + ",b,c\n" + body + "\"open,1,2\n").utf8)))
                    #expect(!Self.compare(Array((Self.name(shift) + ",b,c\n" + body + "\"a\"b,1,2\n" + body).utf8)))
                }
            }
        }
    }

    /// Any mixture, with other delimiters too, even such as numbers are made of.
    @Test func randomFiles() {
        var dice = Dice(state: 62)
        var read = 0
        let cells = [
            "1", "22", "3.5", "-4.25", "1e3", "2E-7", "", "u", "\"q\"", "\"a\nb\"", "0.12345678", "123456789", " 7", "8 ", "x\"y", "-",
            "1234567890.125",
        ]
        for round in 0..<4_000 {
            var options = CSVOptions()
            options.delimiter = [44, 44, 9, 59, UInt8(ascii: "e"), UInt8(ascii: "5"), UInt8(ascii: "-")][round % 7]
            if options.delimiter == UInt8(ascii: ";"), round % 2 == 0 { options.decimal = UInt8(ascii: ",") }
            if round % 5 == 0 { options.comment = UInt8(ascii: "#") }
            let mark = String(decoding: [options.delimiter], as: UTF8.self)
            let width = Int.random(in: 1...6, using: &dice)
            // Names without any of the delimiters.
            var text =
                (0..<width).map { String(repeating: String("abcdfg".dropFirst($0).prefix(1)), count: Int.random(in: 1...20, using: &dice)) }.joined(
                    separator: mark) + "\n"
            for _ in 0..<Int.random(in: 1...40, using: &dice) {
                let isRagged = round % 11 == 0 && Int.random(in: 0..<20, using: &dice) == 0
                let kinds = round % 3 == 0 ? cells.count : 7
                var row = (0..<(isRagged ? width + 1 : width)).map { _ in cells[Int.random(in: 0..<kinds, using: &dice)] }
                if options.decimal == UInt8(ascii: ",") { row = row.map { $0.replacing(".", with: ",") } }
                text +=
                    row.joined(separator: mark)
                    + ["\n", "\r\n", "\n\n", "\n# no row\n"][Int.random(in: 0..<(options.comment == nil ? 3 : 4), using: &dice)]
            }
            if round % 4 == 0 { text.removeLast() }
            if Self.compare(Array(text.utf8), options) { read += 1 }
        }
        #expect(read > 2_000)
    }

    /// Records of more fields than one round finds, of more bytes than are looked through beforehand, and rows without a header.
    @Test func largeRecords() {
        let wide = (0..<9_000).map { "c\($0)" }.joined(separator: ",")
        let row = "t," + (1..<9_000).map { "\($0 % 300)" }.joined(separator: ",")
        #expect(Self.compare(Array((wide + "\n" + row + "\n" + row + "\r\n" + row).utf8)))
        #expect(!Self.compare(Array((wide + "\n" + row + "\n" + row + ",1\n" + row).utf8)))
        let long = String(repeating: "x", count: 1_500_000)
        #expect(Self.compare(Array("a,b\n\(long),1\nt,2\n\(long),3\n\"\(long)\n\",4\n".utf8)))
    }
}
