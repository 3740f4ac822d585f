/// A number whose end is known: its digits are taken eight at a time from there, so the next number need not wait until this one is read.
///
/// What it takes is `[+-]?` and digits with at most one decimal mark among them, at most 24 bytes behind the sign and below 1.844 x 10^19 without
/// the mark. All else is left to others.
public struct DecimalField {
    /// The number without sign and mark.
    public let digits: UInt64
    /// Digits behind the mark.
    public let fractionCount: Int
    /// That of a negative Double, else 0.
    public let signBit: UInt64

    /// Bytes in front of a number's end that are looked at, whatever they are.
    public static let reach = 24

    @usableFromInline static let zeros: UInt64 = 0x3030_3030_3030_3030

    @inlinable @inline(__always)
    init(_ digits: UInt64, _ fractionCount: Int, _ signBit: UInt64) {
        (self.digits, self.fractionCount, self.signBit) = (digits, fractionCount, signBit)
    }

    /// nil: look closer. Precondition: `reach` bytes before `end` and the one at `start` are readable, and start <= end.
    @inlinable @inline(__always)
    public init?(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, decimal: UInt8) {
        // Signs come and go by chance, so they may not become a branch. + is 0x2B, - is 0x2D: without these bits there is nothing left.
        let sign = UInt64(start.pointee)
        let isSigned = ((sign &- 0x2B) & 0xFD &- 1) >> 63
        let signBit = isSigned << 63 & sign << 61
        let length = end - start &- Int(truncatingIfNeeded: isSigned)
        if UInt(bitPattern: length &- 1) < 8 {
            self.init(short: end, length, decimal, signBit)
        } else if UInt(bitPattern: length &- 9) < 8 {
            self.init(medium: end, length, decimal, signBit)
        } else {
            self.init(long: end, length, decimal, signBit)
        }
    }

    /// Of 1 to 8 bytes.
    @inlinable @inline(__always)
    init?(short end: UnsafePointer<UInt8>, _ length: Int, _ decimal: UInt8, _ signBit: UInt64) {
        let word = DecimalField.last(of: DecimalField.word(end - 8), length)
        let others = DecimalField.others(word)
        if others == 0 {
            self.init(DecimalField.value(word), 0, signBit)
        } else {
            guard length > 1, DecimalField.isMark(others, word, decimal) else { return nil }
            self.init(DecimalField.value(DecimalField.closed(word, others, from: 0)), others.leadingZeroBitCount / 8, signBit)
        }
    }

    /// Of 9 to 16 bytes.
    @inlinable @inline(__always)
    init?(medium end: UnsafePointer<UInt8>, _ length: Int, _ decimal: UInt8, _ signBit: UInt64) {
        var high = DecimalField.last(of: DecimalField.word(end - 16), length &- 8)
        var low = DecimalField.word(end - 8)
        let (highOthers, lowOthers) = (DecimalField.others(high), DecimalField.others(low))
        var fractionCount = 0
        if lowOthers == 0 {
            if highOthers != 0 {
                guard DecimalField.isMark(highOthers, high, decimal) else { return nil }
                high = DecimalField.closed(high, highOthers, from: 0)
                fractionCount = 8 &+ highOthers.leadingZeroBitCount / 8
            }
        } else {
            guard highOthers == 0, DecimalField.isMark(lowOthers, low, decimal) else { return nil }
            low = DecimalField.closed(low, lowOthers, from: high)
            high <<= 8
            fractionCount = lowOthers.leadingZeroBitCount / 8
        }
        self.init(DecimalField.value(high) &* 100_000_000 &+ DecimalField.value(low), fractionCount, signBit)
    }

    /// Of 17 to 24 bytes, the mark not among the last eight.
    @inlinable @inline(__always)
    init?(long end: UnsafePointer<UInt8>, _ length: Int, _ decimal: UInt8, _ signBit: UInt64) {
        guard UInt(bitPattern: length &- 17) < 8 else { return nil }
        var top = DecimalField.last(of: DecimalField.word(end - 24), length &- 16)
        var high = DecimalField.word(end - 16)
        let low = DecimalField.word(end - 8)
        let (topOthers, highOthers) = (DecimalField.others(top), DecimalField.others(high))
        guard DecimalField.others(low) == 0 else { return nil }
        var fractionCount = 0
        if highOthers == 0 {
            if topOthers != 0 {
                guard DecimalField.isMark(topOthers, top, decimal) else { return nil }
                top = DecimalField.closed(top, topOthers, from: 0)
                fractionCount = 16 &+ topOthers.leadingZeroBitCount / 8
            }
        } else {
            guard topOthers == 0, DecimalField.isMark(highOthers, high, decimal) else { return nil }
            high = DecimalField.closed(high, highOthers, from: top)
            top <<= 8
            fractionCount = 8 &+ highOthers.leadingZeroBitCount / 8
        }
        let first = DecimalField.value(top)
        guard first < 1844 else { return nil }
        let rest = DecimalField.value(high) &* 100_000_000 &+ DecimalField.value(low)
        self.init(first &* 10_000_000_000_000_000 &+ rest, fractionCount, signBit)
    }

    /// The number itself, rounded once.
    @inlinable @inline(__always)
    public func double(_ converter: DecimalConverter) -> Double {
        // Both operands are exact, so the one operation rounds once.
        if digits < 1 << 53, fractionCount <= 22 {
            let value = Double(Int64(bitPattern: digits))
            let magnitude = fractionCount == 0 ? value : value / converter.exactPowers[fractionCount]
            return Double(bitPattern: magnitude.bitPattern | signBit)
        }
        return Double(bitPattern: BinaryFormat.doubleBits(digits, 0 &- fractionCount, converter.fives) | signBit)
    }

    /// The number with an exponent behind it, `e-05` or `E5`: nil if this is something else, too.
    ///
    /// Precondition: as for `init`.
    public static func scientific(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, decimal: UInt8, _ converter: DecimalConverter
    ) -> Double? {
        let length = end - start
        guard length >= 3 else { return nil }
        let word = last(of: DecimalField.word(end - 8), min(length, 8))
        // e and E differ in one bit; the lowest zero byte is found rightly.
        let letters = (word | 0x2020_2020_2020_2020) ^ (0x0101_0101_0101_0101 &* UInt64(0x65 ^ 0x30 | 0x20))
        let found = (letters &- 0x0101_0101_0101_0101) & ~letters & 0x8080_8080_8080_8080
        guard found != 0 else { return nil }
        // Bytes behind the letter.
        var count = 7 - found.trailingZeroBitCount / 8
        let letter = end - count - 1
        guard count > 0, letter > start, let field = DecimalField(start, letter, decimal: decimal) else { return nil }
        let sign = UInt64(letter[1])
        let isSigned = ((sign &- 0x2B) & 0xFD &- 1) >> 63
        count -= Int(truncatingIfNeeded: isSigned)
        guard count > 0, count <= 4 else { return nil }
        let written = last(of: word, count)
        guard others(written) == 0 else { return nil }
        // The sign of an exponent is as much a matter of chance as that of the number.
        let isNegative = Int(truncatingIfNeeded: isSigned & sign >> 2)
        let exponent = (Int(truncatingIfNeeded: value(written)) ^ (0 &- isNegative)) &+ isNegative &- field.fractionCount
        var magnitude: Double
        if field.digits < 1 << 53, UInt(bitPattern: exponent &+ 22) <= 44 {
            // One of the two powers is 1.
            magnitude = Double(Int64(bitPattern: field.digits)) * converter.exactPowers[max(exponent, 0)]
            magnitude /= converter.exactPowers[max(0 &- exponent, 0)]
        } else {
            magnitude = converter.double(field.digits, exponent)
        }
        return Double(bitPattern: magnitude.bitPattern | field.signBit)
    }

    // MARK: Eight bytes as a word, the first of them lowest, digits as 0 to 9

    @inlinable @inline(__always)
    static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)) ^ zeros
    }

    /// The last so many bytes, 1 to 8, zeros in front of them.
    @inlinable @inline(__always)
    static func last(of word: UInt64, _ count: Int) -> UInt64 {
        let gap = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        return (word &>> gap) &<< gap
    }

    /// The top bit of each byte that is no digit. Behind the first such byte a digit's may be set too, if that byte is none of ASCII's.
    @inlinable @inline(__always)
    static func others(_ word: UInt64) -> UInt64 { ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080 }

    /// Whether the only byte that is no digit is the decimal mark.
    @inlinable @inline(__always)
    static func isMark(_ others: UInt64, _ word: UInt64, _ decimal: UInt8) -> Bool {
        let place = UInt64(truncatingIfNeeded: others.trailingZeroBitCount & ~7)
        return others & (others &- 1) == 0 && UInt8(truncatingIfNeeded: word &>> place) == decimal ^ 0x30
    }

    /// The digits without the mark: those before it move up, and the last of `previous` comes in.
    @inlinable @inline(__always)
    static func closed(_ word: UInt64, _ mark: UInt64, from previous: UInt64) -> UInt64 {
        let before = (mark >> 7) &- 1
        return (word & before) << 8 | word & ~(before << 8 | 0xFF) | previous >> 56
    }

    /// What eight digits say.
    @inlinable @inline(__always)
    static func value(_ word: UInt64) -> UInt64 {
        let pairs = word &* 10 &+ word >> 8
        let mask: UInt64 = 0x0000_00FF_0000_00FF
        return ((pairs & mask) &* 0x000F_4240_0000_0064 &+ (pairs >> 16 & mask) &* 0x0000_2710_0000_0001) >> 32
    }
}
