/// The shortest digits that read back to the same number, and of these the nearest: `digits` x 10^`exponent`.
///
/// Source: Giulietti, The Schubfach way to render doubles (2020), after the form that Bolz gave it. Nothing is tried: the interval of the
/// texts that round to the number is computed, scaled by a power of ten, and the multiple of ten or of one that lies in it is taken.
package struct ShortestDecimal {
    package let digits: UInt64
    package let exponent: Int

    /// Precondition: finite and not zero. The sign is left aside.
    package init(_ value: Float, _ fives: PowersTable) {
        let fraction = UInt64(value.bitPattern & 0x7F_FFFF)
        self.init(fraction, Int(value.bitPattern >> 23 & 0xFF), significandBits: 23) { scaled, power in
            // 64 bits of the power are enough for 24 of the number; the rounding must be upwards.
            let pair = fives.pair(power)
            let product = (pair.high &+ (pair.low == 0 ? 0 : 1)).multipliedFullWidth(by: scaled)
            return product.high | (product.low >> 32 > 1 ? 1 : 0)
        }
    }

    /// Precondition: finite and not zero. The sign is left aside.
    package init(_ value: Double, _ fives: PowersTable) {
        let fraction = value.bitPattern & 0xF_FFFF_FFFF_FFFF
        self.init(fraction, Int(value.bitPattern >> 52 & 0x7FF), significandBits: 52) { scaled, power in
            let pair = fives.roundedUp(power)
            let (low, high) = (pair.low.multipliedFullWidth(by: scaled), pair.high.multipliedFullWidth(by: scaled))
            let (middle, isOver) = high.low.addingReportingOverflow(low.high)
            return high.high &+ (isOver ? 1 : 0) | (middle > 1 ? 1 : 0)
        }
    }

    /// - Parameter product: the leading bits of a scaled number times a power of ten, the last bit set if anything is cut off ("round to odd").
    @inline(__always)
    private init(_ fraction: UInt64, _ exponentField: Int, significandBits: Int, product: (_ scaled: UInt64, _ power: Int) -> UInt64) {
        let lowest = -((1 << (significandBits == 23 ? 7 : 10)) - 1) - significandBits
        let significand = exponentField == 0 ? fraction : fraction | 1 << UInt64(significandBits)
        let binary = (exponentField == 0 ? 1 : exponentField) + lowest
        if exponentField != 0, binary <= 0, binary > -(significandBits + 1), significand & (1 << UInt64(-binary) - 1) == 0 {
            digits = significand >> UInt64(-binary)
            exponent = 0
            return
        }
        let isEven = significand & 1 == 0
        let isLowerCloser = fraction == 0 && exponentField > 1
        let left = 4 * significand - 2 + (isLowerCloser ? 1 : 0)
        // floor(log10(2^binary)), or of three quarters of it; floor(log2(10^-decimal)).
        let decimal = (binary * 1_262_611 - (isLowerCloser ? 524_031 : 0)) >> 22
        let shift = UInt64(binary + ((-decimal * 1_741_647) >> 19) + 1)
        let lower = product(left << shift, -decimal) + (isEven ? 0 : 1)
        let middle = product(4 * significand << shift, -decimal)
        let upper = product((4 * significand + 2) << shift, -decimal) - (isEven ? 0 : 1)
        let candidate = middle / 4
        if candidate >= 10 {
            let tens = candidate / 10
            let (isBelowInside, isAboveInside) = (lower <= 40 * tens, 40 * tens + 40 <= upper)
            if isBelowInside != isAboveInside {
                digits = tens + (isAboveInside ? 1 : 0)
                exponent = decimal + 1
                return
            }
        }
        let (isBelowInside, isAboveInside) = (lower <= 4 * candidate, 4 * candidate + 4 <= upper)
        let half = 4 * candidate + 2
        let isRoundedUp = isBelowInside != isAboveInside ? isAboveInside : middle > half || (middle == half && candidate & 1 == 1)
        digits = candidate + (isRoundedUp ? 1 : 0)
        exponent = decimal
    }
}

/// The powers of five, looked up once for many numbers.
///
/// @unchecked: the pointer leads to a table that is never written again.
package struct PowersTable: @unchecked Sendable {
    private let words = PowersOfFive.words
    package init() {}

    @inline(__always)
    func pair(_ exponent: Int) -> (high: UInt64, low: UInt64) {
        let place = 2 * (exponent - PowersOfFive.lowest)
        return (words[place], words[place + 1])
    }

    /// The least 128 bits that are not below the power.
    @inline(__always)
    func roundedUp(_ exponent: Int) -> (high: UInt64, low: UInt64) {
        let (high, low) = pair(exponent)
        // The small ones are exact, or rounded up already.
        if exponent >= -27, exponent <= 55 { return (high, low) }
        return (high &+ (low == .max ? 1 : 0), low &+ 1)
    }
}
