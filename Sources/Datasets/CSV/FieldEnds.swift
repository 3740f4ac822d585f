/// Where fields end: the delimiters and line feeds of a stretch of text, found 64 bytes at a time.
///
/// It knows nothing of quotes: it stops in front of the block of 64 bytes in which it meets the first, and whoever reads goes on by the grammar.
/// Memory: 4 bytes for each end, those of a record and of one round of scanning at most.
package struct FieldEnds {
    /// Bytes looked at in one round.
    package static let round = 4096
    private static let block = 64
    /// Places that are written behind the last end.
    private static let excess = 4

    private let bytes: UnsafePointer<UInt8>
    /// Nothing behind this is looked at, but for the block in which it lies.
    private let limit: Int
    private let delimiters: SIMD16<UInt8>
    private var memory: UnsafeMutablePointer<UInt32>
    private var capacity: Int
    private var count = 0
    /// So many of the ends that are known are done with.
    private var first = 0
    /// The offset from which ends are counted.
    package private(set) var origin = 0
    /// All ends before this offset are known.
    package private(set) var scanned = 0
    /// A quote stands in the block behind `scanned`.
    package private(set) var isStopped = false

    /// - Parameter limit: the offset behind the last end that is asked for; 64 bytes behind it have to be readable.
    package init(_ bytes: UnsafePointer<UInt8>, limit: Int, delimiter: UInt8) {
        self.bytes = bytes
        self.limit = limit
        delimiters = SIMD16(repeating: delimiter)
        capacity = 2 * FieldEnds.round
        memory = .allocate(capacity: capacity)
    }

    package func deallocate() { memory.deallocate() }

    /// The ends from `origin` on that are not done with.
    package var pending: UnsafePointer<UInt32> { UnsafePointer(memory + first) }
    package var pendingCount: Int { count - first }
    /// Whether nothing more is to be found.
    package var isAtEnd: Bool { isStopped || scanned >= limit }

    /// Is done with so many ends. Precondition: they are pending.
    package mutating func take(_ count: Int) { first += count }

    /// Forgets the ends before an offset, which does not lie before those done with.
    package mutating func skip(to offset: Int) {
        if offset >= scanned {
            (count, first, origin, scanned, isStopped) = (0, 0, offset, offset, false)
        } else {
            while first < count, origin + Int(memory[first]) < offset { first += 1 }
        }
    }

    /// Looks further. Precondition: not `isAtEnd`; `start` lies not before the ends done with, and less than 2^31 bytes before `scanned`.
    package mutating func look(from start: Int) {
        // What is left of the last round moves to the front, and counts from the record it belongs to.
        let shift = UInt32(truncatingIfNeeded: start - origin)
        count -= first
        if count + FieldEnds.round + FieldEnds.excess > capacity { grow() }
        for index in 0..<count { memory[index] = memory[first + index] &- shift }
        (first, origin) = (0, start)
        scan()
    }

    private mutating func grow() {
        capacity = 2 * (count + FieldEnds.round)
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        larger.update(from: memory + first, count: count)
        memory.deallocate()
        (memory, first) = (larger, 0)
    }

    private mutating func scan() {
        let end = min(scanned + FieldEnds.round, limit)
        let (feeds, quotes) = (SIMD16<UInt8>(repeating: UInt8(ascii: "\n")), SIMD16<UInt8>(repeating: UInt8(ascii: "\"")))
        let delimiters = delimiters
        var target = memory + count
        var at = scanned
        let raw = UnsafeRawPointer(bytes)
        while at < end {
            let a = (raw + at).loadUnaligned(as: SIMD16<UInt8>.self)
            let b = (raw + at + 16).loadUnaligned(as: SIMD16<UInt8>.self)
            let c = (raw + at + 32).loadUnaligned(as: SIMD16<UInt8>.self)
            let d = (raw + at + 48).loadUnaligned(as: SIMD16<UInt8>.self)
            let quoted = FieldEnds.equal(a, quotes) | FieldEnds.equal(b, quotes) | FieldEnds.equal(c, quotes) | FieldEnds.equal(d, quotes)
            if quoted[0] | quoted[1] != 0 {
                isStopped = true
                break
            }
            var found = FieldEnds.bits(
                FieldEnds.equal(a, delimiters) | FieldEnds.equal(a, feeds), FieldEnds.equal(b, delimiters) | FieldEnds.equal(b, feeds),
                FieldEnds.equal(c, delimiters) | FieldEnds.equal(c, feeds), FieldEnds.equal(d, delimiters) | FieldEnds.equal(d, feeds))
            let offset = at &- origin
            // Four at a time, some of them too many: how often this goes round is guessed right more often so.
            let behind = target + found.nonzeroBitCount
            while target < behind {
                for place in 0..<4 {
                    target[place] = UInt32(truncatingIfNeeded: offset &+ found.trailingZeroBitCount)
                    found &= found &- 1
                }
                target += 4
            }
            target = behind
            at += FieldEnds.block
        }
        scanned = at
        count = target - memory
    }

    @inline(__always)
    private static func equal(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> SIMD2<UInt64> { unsafeBitCast(a .== b, to: SIMD2<UInt64>.self) }

    /// A bit for each of 64 bytes, all ones or all zeros, the first of them lowest.
    @inline(__always)
    private static func bits(_ a: SIMD2<UInt64>, _ b: SIMD2<UInt64>, _ c: SIMD2<UInt64>, _ d: SIMD2<UInt64>) -> UInt64 {
        // Each word of eight bytes gives its own bit of eight bytes; then rows and columns of these 8 x 8 bits change places.
        let merged =
            a & SIMD2(0x0101_0101_0101_0101, 0x0202_0202_0202_0202) | b & SIMD2(0x0404_0404_0404_0404, 0x0808_0808_0808_0808)
            | c & SIMD2(0x1010_1010_1010_1010, 0x2020_2020_2020_2020) | d & SIMD2(0x4040_4040_4040_4040, 0x8080_8080_8080_8080)
        var x = merged[0] | merged[1]
        var swap = (x ^ x >> 7) & 0x00AA_00AA_00AA_00AA
        x ^= swap ^ swap << 7
        swap = (x ^ x >> 14) & 0x0000_CCCC_0000_CCCC
        x ^= swap ^ swap << 14
        swap = (x ^ x >> 28) & 0x0000_0000_F0F0_F0F0
        return x ^ swap ^ swap << 28
    }
}
