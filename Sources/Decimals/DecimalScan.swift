/// A number as it is written, scanned eight digits at a time: digits x 10^exponent, without its sign.
public struct DecimalScan {
    /// Behind the last byte that belongs to the number.
    public let end: UnsafePointer<UInt8>
    /// Right only if `digitCount` <= 19.
    public let digits: UInt64
    public let exponent: Int
    /// Digits before and behind the decimal mark.
    public let integerCount: Int
    public let fractionCount: Int
    public let hasMark: Bool
    /// Not for this fast way: an exponent without digits, or with more than four.
    public let isIrregular: Bool

    @inlinable
    public var digitCount: Int { integerCount &+ fractionCount }

    /// Whether digits and exponent are all there is to the number.
    @inlinable @inline(__always)
    public var isWhole: Bool { UInt(bitPattern: digitCount &- 1) < 19 && !isIrregular }

    /// Scans at `start`. Precondition: eight bytes behind any byte of the number are readable, and a byte that is no digit ends it.
    @inlinable @inline(__always)
    public init(_ start: UnsafePointer<UInt8>, decimal: UInt8, _ converter: DecimalConverter) {
        var at = start
        var digits: UInt64 = 0
        // One digit and the mark, as most fractions begin: the branch is guessed right, so the next bytes need not wait for a count.
        let first = at.pointee &- UInt8(ascii: "0")
        if at[1] == decimal, first < 10 {
            digits = UInt64(first)
            at += 1
        } else {
            DecimalScan.take(&at, &digits, converter.integerPowers)
        }
        let integerCount = at - start
        var fractionCount = 0
        let hasMark = at.pointee == decimal
        if hasMark {
            at += 1
            let first = at
            DecimalScan.take(&at, &digits, converter.integerPowers)
            fractionCount = at - first
        }
        var exponent = 0 &- fractionCount
        var isIrregular = false
        if at.pointee | 0x20 == UInt8(ascii: "e") {
            at += 1
            let isNegative = at.pointee == UInt8(ascii: "-")
            if isNegative || at.pointee == UInt8(ascii: "+") { at += 1 }
            var written = 0
            var count = 0
            while at.pointee &- UInt8(ascii: "0") < 10, count < 5 {
                written = written &* 10 &+ Int(at.pointee &- UInt8(ascii: "0"))
                at += 1
                count &+= 1
            }
            isIrregular = count == 0 || count > 4
            exponent &+= isNegative ? 0 &- written : written
        }
        end = at
        self.digits = digits
        self.exponent = exponent
        self.integerCount = integerCount
        self.fractionCount = fractionCount
        self.hasMark = hasMark
        self.isIrregular = isIrregular
    }

    /// Steps over digits and puts them behind those taken before.
    @inlinable @inline(__always)
    static func take(_ at: inout UnsafePointer<UInt8>, _ digits: inout UInt64, _ powers: UnsafePointer<UInt64>) {
        while true {
            let (value, count) = DecimalScan.upToEight(at)
            digits = digits &* powers[count] &+ value
            at += count
            if count < 8 { return }
        }
    }

    /// The leading digits among eight bytes: their value and how many they are. No branch depends on the text.
    @inlinable @inline(__always)
    static func upToEight(_ bytes: UnsafePointer<UInt8>) -> (value: UInt64, count: Int) {
        let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
        // A byte above 9 sets its top bit; a carry can only disturb bytes behind the first such byte.
        let others = ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
        let bits = others.trailingZeroBitCount & ~7
        // The digits move to the end of the word, zeros fill up in front. A shift by 64, for no digit, is one by 32 twice.
        let gap = UInt64(truncatingIfNeeded: 64 &- bits)
        var digits = (word &<< (gap / 2)) &<< (gap / 2)
        digits = digits &* 10 &+ (digits >> 8)
        let pairs: UInt64 = 0x0000_00FF_0000_00FF
        let value = ((digits & pairs) &* 0x000F_4240_0000_0064 &+ ((digits >> 16) & pairs) &* 0x0000_2710_0000_0001) >> 32
        return (value & 0xFFFF_FFFF, bits >> 3)
    }
}
