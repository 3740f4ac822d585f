/// Digits and a power of ten to the nearest binary number. One value of it is made for many conversions, so that a loop looks nothing up.
///
/// Numerics: correctly rounded, ties to even; what underflows is zero, what overflows infinite.
/// Source: Clinger, How to Read Floating Point Numbers Accurately (1990); Lemire, Number Parsing at a Gigabyte per Second (2021), and
/// Mushtak and Lemire, Fast Number Parsing Without Fallback (2023), which proves that the last step needs no second look.
///
/// @unchecked: the pointers lead to tables that are never written again.
public struct DecimalConverter: @unchecked Sendable {
    @usableFromInline let exactPowers: UnsafePointer<Double>
    @usableFromInline let integerPowers: UnsafePointer<UInt64>
    @usableFromInline let fives: UnsafePointer<UInt64>

    @inlinable
    public init() {
        exactPowers = SmallPowers.exact
        integerPowers = SmallPowers.integers
        fives = PowersOfFive.words
    }

    /// digits x 10^exponent.
    @inlinable @inline(__always)
    public func double(_ digits: UInt64, _ exponent: Int) -> Double {
        // Both operands are exact, so the one operation rounds once.
        if digits < 1 << 53, UInt(bitPattern: exponent &+ 22) <= 44 {
            let value = Double(Int64(bitPattern: digits))
            return exponent < 0 ? value / exactPowers[0 &- exponent] : value * exactPowers[exponent]
        }
        return Double(bitPattern: BinaryFormat.doubleBits(digits, exponent, fives))
    }

    /// digits x 10^exponent, rounded once.
    @inlinable @inline(__always)
    public func float(_ digits: UInt64, _ exponent: Int) -> Float {
        let double = double(digits, exponent)
        if let float = Float(roundedOnce: double) { return float }
        return Float(bitPattern: UInt32(truncatingIfNeeded: BinaryFormat.float.bits(digits, exponent, fives)))
    }
}

extension Float {
    /// A double that came from a text, as the float nearest to the text; nil if only the text itself can tell.
    ///
    /// Rounding twice differs from rounding once only if the first landed on the middle between two floats.
    @inlinable @inline(__always)
    public init?(roundedOnce double: Double) {
        let isMiddle = double.bitPattern & 0x1FFF_FFFF == 0x1000_0000
        self = Float(double)
        if isMiddle || !isFinite || (double != 0 && double.magnitude < Double(Float.leastNormalMagnitude)) { return nil }
    }
}

/// Powers of ten that fit: 10^0 ... 10^22 as Double, 10^0 ... 10^19 as integers. Never freed.
@usableFromInline
enum SmallPowers {
    @usableFromInline nonisolated(unsafe) static let exact: UnsafePointer<Double> = {
        let powers = UnsafeMutablePointer<Double>.allocate(capacity: 23)
        powers[0] = 1
        for exponent in 1...22 { powers[exponent] = powers[exponent - 1] * 10 }
        return UnsafePointer(powers)
    }()

    @usableFromInline nonisolated(unsafe) static let integers: UnsafePointer<UInt64> = {
        let powers = UnsafeMutablePointer<UInt64>.allocate(capacity: 20)
        powers[0] = 1
        for exponent in 1...19 { powers[exponent] = powers[exponent - 1] * 10 }
        return UnsafePointer(powers)
    }()
}

/// What the algorithm has to know of IEEE 754's binary32 and binary64.
@usableFromInline
struct BinaryFormat: Sendable {
    let significandBits: Int
    let lowestExponent: Int
    let infinitePower: Int
    /// Powers of ten among which exact ties are possible.
    let ties: ClosedRange<Int>
    /// Powers of ten beyond which all is zero, or infinite.
    let powers: ClosedRange<Int>

    /// Computed, so that the constants become part of the code.
    private static var double: BinaryFormat {
        BinaryFormat(significandBits: 52, lowestExponent: -1023, infinitePower: 0x7FF, ties: -4...23, powers: -342...308)
    }
    @usableFromInline static let float = BinaryFormat(
        significandBits: 23, lowestExponent: -127, infinitePower: 0xFF, ties: -17...10, powers: -64...38)

    /// `bits` of a Double.
    @usableFromInline
    static func doubleBits(_ digits: UInt64, _ exponent: Int, _ fives: UnsafePointer<UInt64>) -> UInt64 { double.bits(digits, exponent, fives) }

    /// The bit pattern nearest to digits x 10^exponent.
    @usableFromInline @inline(__always)
    func bits(_ digits: UInt64, _ exponent: Int, _ fives: UnsafePointer<UInt64>) -> UInt64 {
        guard digits != 0, exponent >= powers.lowerBound else { return 0 }
        let infinite = UInt64(infinitePower) << UInt64(significandBits)
        guard exponent <= powers.upperBound else { return infinite }
        let leadingZeros = digits.leadingZeroBitCount
        let (high, low) = product(digits << UInt64(leadingZeros), exponent, fives)
        let upper = Int(high >> 63)
        let shift = UInt64(upper + 64 - significandBits - 3)
        var significand = high >> shift
        // floor(log2(10^exponent)) for these exponents.
        var power = ((217_706 * exponent) >> 16) + 63 + upper - leadingZeros - lowestExponent
        if power <= 0 {
            guard 1 - power < 64 else { return 0 }
            significand >>= UInt64(1 - power)
            significand = (significand + significand & 1) >> 1
            // Rounding up may have made it the least normal number, whose exponent field is 1: the carry writes it.
            return significand
        }
        if low <= 1, ties.contains(exponent), significand & 3 == 1, significand << shift == high { significand &= ~1 }
        significand = (significand + significand & 1) >> 1
        if significand >= 2 << UInt64(significandBits) {
            significand = 1 << UInt64(significandBits)
            power += 1
        }
        guard power < infinitePower else { return infinite }
        return significand & ~(1 << UInt64(significandBits)) | UInt64(power) << UInt64(significandBits)
    }

    /// The leading bits of digits x 5^exponent; the second multiplication only where the first cannot tell.
    @inline(__always)
    private func product(_ digits: UInt64, _ exponent: Int, _ fives: UnsafePointer<UInt64>) -> (high: UInt64, low: UInt64) {
        let place = 2 * (exponent - PowersOfFive.lowest)
        var (high, low) = digits.multipliedFullWidth(by: fives[place])
        let mask = UInt64.max >> UInt64(significandBits + 3)
        if high & mask == mask {
            let (sum, isOver) = low.addingReportingOverflow(digits.multipliedFullWidth(by: fives[place + 1]).high)
            low = sum
            if isOver { high += 1 }
        }
        return (high, low)
    }
}
