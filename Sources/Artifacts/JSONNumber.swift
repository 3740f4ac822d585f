import SpecLanguage

/// The value of a JSON number in one precision.
///
/// Numerics: correctly rounded to nearest even, straight from the decimal text to the precision; infinite on overflow.
enum JSONNumber {
    @inline(__always)
    static func double(_ decimal: Decimal, _ text: UnsafeBufferPointer<UInt8>) -> Double {
        guard !decimal.isTooLong else { return slowDouble(text) }
        return decimal.oneOperation ?? decimal.quotient(significandBits: 53) ?? slowDouble(text)
    }

    /// A double that came from a text, as the float nearest to the text; nil if only the text itself can tell.
    ///
    /// Rounding twice differs from rounding once only if the first landed on the middle between two floats.
    @inline(__always)
    static func float(_ double: Double) -> Float? {
        let isMiddle = double.bitPattern & 0x1FFF_FFFF == 0x1000_0000
        let float = Float(double)
        return isMiddle || !float.isFinite || (double != 0 && double.magnitude < Double(Float.leastNormalMagnitude)) ? nil : float
    }

    /// From the text, for the few values that the ways above cannot tell.
    static func slow(_ text: UnsafeBufferPointer<UInt8>, _ precision: TrainingSpec.Precision) -> Double {
        if precision == .float64 { return slowDouble(text) }
        return Float(String(decoding: text, as: UTF8.self)).map { Double($0) } ?? .nan
    }

    private static func slowDouble(_ text: UnsafeBufferPointer<UInt8>) -> Double { Double(String(decoding: text, as: UTF8.self)) ?? .nan }
}

/// A number as written: digits x 10^exponent.
struct Decimal {
    var digits: UInt64 = 0
    var exponent = 0
    var isNegative = false
    /// Whether the digits do not fit into 64 bits, or the exponent is far out.
    var isTooLong = false

    /// Digits beyond this may overflow with one more.
    static let digitsLimit = (UInt64.max - 9) / 10
    /// Digits below this have room for eight more.
    static let roomForEightDigits: UInt64 = 100_000_000_000

    /// The value of eight bytes that are all digits, by three multiplications; nil if one is no digit. Precondition: eight bytes are there.
    @inline(__always)
    static func eightDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt64? {
        var word = UInt64(littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let (upper, carried) = (word & 0xF0F0_F0F0_F0F0_F0F0, (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0)
        guard upper | (carried >> 4) == 0x3333_3333_3333_3333 else { return nil }
        word &-= 0x3030_3030_3030_3030
        word = word &* 10 &+ (word >> 8)
        let pairs: UInt64 = 0x0000_00FF_0000_00FF
        return ((word & pairs) &* 0x000F_4240_0000_0064 &+ ((word >> 16) & pairs) &* 0x0000_2710_0000_0001) >> 32
    }

    /// One operation on two doubles that are exact is correctly rounded (Clinger 1990); nil where that does not apply.
    @inline(__always)
    var oneOperation: Double? {
        guard digits < 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
        let power = withUnsafeBytes(of: powersOfTen) { $0.load(fromByteOffset: abs(exponent) &* 8, as: Double.self) }
        let magnitude = exponent < 0 ? Double(digits) / power : Double(digits) * power
        return isNegative ? -magnitude : magnitude
    }

    /// digits / 10^-exponent by one exact division of integers, rounded once to so many bits; nil outside 10^-27 ... 10^-1.
    ///
    /// Numerics: 10^k is 5^k 2^k and 5^27 fits into 63 bits. With both sides shifted to the top of a word the quotient has 64 bits,
    /// and whether the remainder is 0 decides ties. All results are normal numbers in either precision.
    func quotient(significandBits: Int) -> Double? {
        guard digits > 0, exponent < 0, exponent >= -27 else { return nil }
        var divisor: UInt64 = 1
        for _ in 0..<(-exponent) { divisor &*= 5 }
        let (topShift, bottomShift) = (digits.leadingZeroBitCount, divisor.leadingZeroBitCount)
        let top = digits << UInt64(topShift)
        let bottom = divisor << UInt64(bottomShift)
        let isHalved = top >= bottom
        let (quotient, remainder) = bottom.dividingFullWidth(isHalved ? (top >> 1, top << 63) : (top, 0))
        let dropped = 64 - significandBits
        var significand = quotient >> UInt64(dropped)
        let rest = quotient & (1 << UInt64(dropped) - 1)
        let half: UInt64 = 1 << UInt64(dropped - 1)
        if rest > half || (rest == half && (remainder != 0 || significand & 1 == 1)) { significand += 1 }
        let scale = bottomShift - topShift - (isHalved ? 63 : 64) + exponent + dropped
        let magnitude = Double(significand) * Double(bitPattern: UInt64(1023 + scale) << 52)
        return isNegative ? -magnitude : magnitude
    }
}

/// 10^0 ... 10^22, all exact in Double; a tuple, so that it is constant data without a lazy initialiser.
private let powersOfTen = (
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
)
