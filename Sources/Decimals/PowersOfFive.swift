/// The powers of five by which decimals become binary numbers and back.
///
/// Word pairs hold the 128 leading bits of 5^-342 ... 5^325, rounded down; 5^-27 ... 5^-1 are rounded up, as Lemire's proof wants them.
/// They are computed once, in some 50 microseconds, when the first number needs them: exact integer arithmetic, so no table can be mistyped.
@usableFromInline
enum PowersOfFive {
    @usableFromInline static let lowest = -342
    @usableFromInline static let highest = 325

    /// High and low word of 5^e at 2 * (e - lowest). Never freed.
    ///
    /// Unsafe only to the compiler: written before it is published, and never again.
    @usableFromInline nonisolated(unsafe) static let words: UnsafePointer<UInt64> = {
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * (highest - lowest + 1))
        func put(_ exponent: Int, _ pair: (high: UInt64, low: UInt64)) {
            words[2 * (exponent - lowest)] = pair.high
            words[2 * (exponent - lowest) + 1] = pair.low
        }
        var power: [UInt64] = [1]
        for exponent in 0...highest {
            put(exponent, leadingBits(power))
            var carry: UInt64 = 0
            for index in power.indices {
                let product = power[index].multipliedFullWidth(by: 5)
                let (low, isOver) = product.low.addingReportingOverflow(carry)
                power[index] = low
                carry = product.high + (isOver ? 1 : 0)
            }
            if carry > 0 { power.append(carry) }
        }
        // floor(floor(2^1024 / 5^n) / 5) is floor(2^1024 / 5^(n + 1)): dividing again and again loses nothing.
        var reciprocal = [UInt64](repeating: 0, count: 16) + [1]
        for exponent in 1 ... -lowest {
            var rest: UInt64 = 0
            for index in reciprocal.indices.reversed() { (reciprocal[index], rest) = UInt64(5).dividingFullWidth((rest, reciprocal[index])) }
            var pair = leadingBits(reciprocal)
            if exponent <= 27 {
                pair.low &+= 1
                if pair.low == 0 { pair.high &+= 1 }
            }
            put(-exponent, pair)
        }
        return UnsafePointer(words)
    }()

    /// The 128 bits from the highest that is set.
    private static func leadingBits(_ number: [UInt64]) -> (high: UInt64, low: UInt64) {
        guard let top = number.lastIndex(where: { $0 != 0 }) else { return (0, 0) }
        let shift = UInt64(number[top].leadingZeroBitCount)
        func word(_ index: Int) -> UInt64 { index >= 0 ? number[index] : 0 }
        func shifted(_ index: Int) -> UInt64 { word(index) << shift | word(index - 1) >> (64 - shift) }
        return (shifted(top), shifted(top - 1))
    }
}
