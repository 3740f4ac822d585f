#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The rows that begin in one piece of a file of objects, looked over by itself: pieces are read at the same time.
final class JSONLinesPiece {
    private let range: Range<Int>
    /// In the order in which they first come.
    private(set) var keys = TextTable()
    /// Where each of the keys first stands.
    private(set) var firstPlaces: [Int] = []
    private(set) var rowStarts: [Int] = []
    /// The first; nothing behind it has been looked at.
    private(set) var mistake: JSONMistake?

    init(_ range: Range<Int>) { self.range = range }

    func scan(_ bytes: UnsafeBufferPointer<UInt8>, keyLimit: Int) {
        var (order, scratch): (KeyOrder, [UInt8]) = (KeyOrder(), [])
        /// The row in which each key came last.
        var lastRow: [Int] = []
        var at = range.lowerBound
        while at < range.upperBound, mistake == nil {
            let end = JSONLinesPiece.endOfLine(bytes, at)
            defer { at = end + 1 }
            if bytes[at..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            do throws(JSONMistake) {
                var line = try JSONLine(bytes, at..<end)
                var place = 0
                while let (key, _) = try line.next() {
                    let number = order.number(bytes, key, at: place) {
                        JSONLine.withText(bytes, of: key, scratch: &scratch) { Int(keys.intern($0)) }
                    }
                    place += 1
                    if number == lastRow.count {
                        lastRow.append(-1)
                        firstPlaces.append(key.start)
                    }
                    if lastRow[number] == rowStarts.count { throw JSONMistake(kind: .keyTwice(keys.text(number)), offset: key.start) }
                    lastRow[number] = rowStarts.count
                    if keys.count > keyLimit { throw JSONMistake(kind: .tooManyNames, offset: key.start) }
                }
                rowStarts.append(at)
            } catch {
                mistake = error
            }
        }
    }

    /// The line feed behind an offset, or the end of the file.
    static func endOfLine(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        guard start < bytes.count, let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
            return bytes.count
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// A file cut at line ends into about so many pieces, each of some size.
    static func pieces(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, count: Int) -> [JSONLinesPiece] {
        var borders = [start]
        for piece in 1..<max(count, 1) {
            let border = endOfLine(bytes, start + (bytes.count - start) * piece / count) + 1
            if border > borders[borders.count - 1], border < bytes.count { borders.append(border) }
        }
        borders.append(max(bytes.count, start))
        return zip(borders, borders.dropFirst()).map { JSONLinesPiece($0..<$1) }
    }
}

/// The numbers of keys. Objects of a file mostly have the same keys in the same order, so what stood in a place before is tried first.
struct KeyOrder {
    /// Bytes between the quotes of a key without escapes, and its number.
    private var known: [(start: Int, count: Int, number: Int)] = []

    /// - Parameters:
    ///   - place: of the key in its object, from 0; each row begins with 0 and goes on by 1.
    ///   - find: the number, if it is not the one of the same place before; below 0 for none.
    @inline(__always)
    mutating func number(_ bytes: UnsafeBufferPointer<UInt8>, _ key: JSONValue, at place: Int, find: () -> Int) -> Int {
        let count = key.end - key.start
        if place < known.count, !key.hasEscapes, known[place].count == count, let base = bytes.baseAddress,
            memcmp(base + known[place].start, base + key.start, count) == 0
        {
            return known[place].number
        }
        let number = find()
        guard !key.hasEscapes, number >= 0, place <= known.count else { return number }
        if place == known.count { known.append((key.start, count, number)) } else { known[place] = (key.start, count, number) }
        return number
    }
}
