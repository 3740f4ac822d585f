import SpecLanguage

/// Reads the text of a JSON number (its grammar already checked) in one precision.
///
/// Numerics: correctly rounded to nearest even, straight from the decimal text to the precision; infinite on overflow.
enum JSONNumber {
    /// 10^0 ... 10^22, all exact in Double.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    static func value(_ text: UnsafeBufferPointer<UInt8>, _ precision: TrainingSpec.Precision) -> Double {
        guard let quick = exact(text) else { return slow(text, precision) }
        if precision == .float64 { return quick }
        // Rounding twice differs from rounding once only if the first landed on the middle between two floats.
        let isMiddle = quick.bitPattern & 0x1FFF_FFFF == 0x1000_0000
        if isMiddle || (quick != 0 && quick.magnitude < Double(Float.leastNormalMagnitude)) { return slow(text, precision) }
        return Double(Float(quick))
    }

    /// One exact operation on two exact doubles is correctly rounded (Clinger 1990); nil where that does not apply.
    @inline(__always)
    private static func exact(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var mantissa: UInt64 = 0
        var exponent = 0
        var index = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        if text.count > 19 { return nil }  // up to 18 digits fit into the mantissa
        var isFraction = false
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                if isFraction { exponent &-= 1 }
            } else if text[index] == UInt8(ascii: ".") {
                isFraction = true
            } else {
                break
            }
            index += 1
        }
        if index < text.count {
            guard let written = writtenExponent(text, index + 1) else { return nil }
            exponent += written
        }
        guard mantissa < 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
        let magnitude = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
        return isNegative ? -magnitude : magnitude
    }

    private static func writtenExponent(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var index = start
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
        guard text.count - index <= 4 else { return nil }
        var result = 0
        while index < text.count {
            result = result * 10 + Int(text[index] &- UInt8(ascii: "0"))
            index += 1
        }
        return isNegative ? -result : result
    }

    private static func slow(_ text: UnsafeBufferPointer<UInt8>, _ precision: TrainingSpec.Precision) -> Double {
        let string = String(decoding: text, as: UTF8.self)
        return precision == .float32 ? Float(string).map { Double($0) } ?? .nan : Double(string) ?? .nan
    }
}
