/// What one look over all bytes of a text tells, sixteen at a time: whether it is UTF-8 without NUL, and how many lines it has.
struct TextSurvey: Sendable {
    /// Size of the stretches whose line feeds are counted: what one thread reads at a time is made of these. At least 4 bytes.
    let stretch: Int

    private(set) var isCleanText = true
    /// Line feeds of each stretch.
    private(set) var lineFeeds: [Int]

    /// Looks at all bytes; before a stretch is looked at, `fill` is asked to read it.
    ///
    init(_ bytes: UnsafeBufferPointer<UInt8>, stretch: Int = 1 << 18, threads: Int, fill: (Range<Int>) -> Void = { _ in }) {
        self.stretch = stretch
        let pieces = (bytes.count + stretch - 1) / stretch
        var feeds = [Int](repeating: 0, count: pieces)
        var isClean = [Bool](repeating: true, count: pieces)
        feeds.withUnsafeMutableBufferPointer { feeds in
            isClean.withUnsafeMutableBufferPointer { isClean in
                nonisolated(unsafe) let (feeds, isClean) = (feeds, isClean)
                Team.run(pieces, threads: threads) { piece in
                    let range = piece * stretch..<min((piece + 1) * stretch, bytes.count)
                    fill(range)
                    (feeds[piece], isClean[piece]) = TextSurvey.look(bytes, range)
                }
            }
        }
        lineFeeds = feeds
        // A code point may cross a border; whoever is in doubt looks again, at all of it.
        isCleanText = isClean.allSatisfy { $0 } && TextSurvey.bordersAreClean(bytes, pieces, stretch)
    }

    /// Line feeds, and whether all code points that begin and end within the range are well formed.
    private static func look(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> (lineFeeds: Int, isClean: Bool) {
        let raw = UnsafeRawBufferPointer(bytes)
        var feeds = 0
        var checked = range.lowerBound
        var isClean = true
        // Continuation bytes in front belong to the stretch before.
        if checked > 0 { while checked < min(range.lowerBound + 3, range.upperBound), bytes[checked] & 0xC0 == 0x80 { checked += 1 } }
        var at = range.lowerBound
        // Made once: the compiler would fill a vector byte by byte in each step.
        let feed = SIMD16<UInt8>(repeating: UInt8(ascii: "\n"))
        let (none, top) = (SIMD16<UInt8>(repeating: 0), SIMD16<UInt8>(repeating: 0x80))
        while at < range.upperBound {
            // 255 steps are as many as a byte can count.
            let end = min(range.upperBound, at + 16 * 255)
            var (counts, tops, zeros) = (none, none, none)
            let start = at
            while at + 16 <= end {
                let chunk = raw.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
                counts &-= unsafeBitCast(chunk .== feed, to: SIMD16<UInt8>.self)
                zeros |= unsafeBitCast(chunk .== none, to: SIMD16<UInt8>.self)
                tops |= chunk
                at += 16
            }
            feeds += Int(SIMD16<UInt16>(truncatingIfNeeded: counts).wrappedSum())
            var isPlain = (zeros | (tops & top)) == none
            if end - at < 16, end == range.upperBound {
                while at < end {
                    if bytes[at] == UInt8(ascii: "\n") { feeds += 1 }
                    if bytes[at] == 0 || bytes[at] >= 0x80 { isPlain = false }
                    at += 1
                }
            }
            // Bytes that an earlier code point took with it are ahead of `start`.
            if isPlain, checked <= start { checked = at } else if isClean { isClean = check(bytes, &checked, to: at, of: range) }
        }
        return (feeds, isClean)
    }

    /// Steps over whole code points up to `end`; those that cross the end of the range are left to `bordersAreClean`.
    private static func check(_ bytes: UnsafeBufferPointer<UInt8>, _ checked: inout Int, to end: Int, of range: Range<Int>) -> Bool {
        while checked < end {
            if bytes[checked] == 0 { return false }
            let (first, left) = (bytes[checked], range.upperBound - checked)
            if range.upperBound < bytes.count, left < 4, first >= 0xC0, left < (first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2) {
                let rest = checked + 1..<range.upperBound
                checked = range.upperBound
                return rest.allSatisfy { bytes[$0] & 0xC0 == 0x80 }
            }
            let length = sequenceLength(bytes, checked)
            if length == 0 { return false }
            checked += length
        }
        return true
    }

    /// The code points that cross borders between stretches, or end at one.
    private static func bordersAreClean(_ bytes: UnsafeBufferPointer<UInt8>, _ pieces: Int, _ stretch: Int) -> Bool {
        for piece in 1..<max(pieces, 1) {
            let border = piece * stretch
            var start = border - 1
            while start > max(border - 4, 0), bytes[start] & 0xC0 == 0x80 { start -= 1 }
            var next = start
            while next < border {
                let length = sequenceLength(bytes, next)
                if length == 0 { return false }
                next += length
            }
            // The stretch behind passed over at most three continuation bytes: they must be those of this code point.
            var skipped = border
            while skipped < min(border + 3, bytes.count), bytes[skipped] & 0xC0 == 0x80 { skipped += 1 }
            if skipped != next { return false }
        }
        return true
    }

    /// Bytes of the code point at an index, 0 if it is malformed (Unicode, table 3-7: no overlong forms, no surrogates).
    static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else { return 0 }
        let second = bytes[index + 1]
        let lowest: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
        let highest: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
        guard second >= lowest, second <= highest else { return 0 }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
