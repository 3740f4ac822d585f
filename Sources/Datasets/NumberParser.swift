/// Texts to numbers: `[+-]?(digits[.digits]|digits.|.digits)([eE][+-]?digits)?`, ASCII only, whatever the locale.
///
/// Numerics: correctly rounded, ties to even; what underflows is zero. Agrees with strtod on every text of that form.
package enum NumberParser {
    package enum Result: Equatable {
        case number(Double)
        case notANumber
        /// A number by its form, yet beyond the largest Double.
        case outOfRange
    }

    /// Powers of ten that a Double holds exactly.
    private static let exactPowers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
    private static let integerPowers: [UInt64] = (0..<20).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    /// The parts of a number as written: digits times 10^exponent.
    private struct Parts {
        var isNegative = false
        /// The first 19 digits after leading zeros.
        var significand: UInt64 = 0
        var digitCount = 0
        /// Power of ten of the last digit in `significand`.
        var exponent = 0
        var isExact: Bool { digitCount <= 19 }
    }

    package static func parse(_ text: UnsafeBufferPointer<UInt8>, decimal: UInt8 = UInt8(ascii: ".")) -> Result {
        guard let parts = read(text, decimal) else { return .notANumber }
        guard let magnitude = quick(parts) ?? slow(text, decimal) else { return .outOfRange }
        return .number(parts.isNegative ? -magnitude : magnitude)
    }

    package static func parse(_ text: String, decimal: UInt8 = UInt8(ascii: ".")) -> Result {
        Array(text.utf8).withUnsafeBufferPointer { parse($0, decimal: decimal) }
    }

    private static func read(_ text: UnsafeBufferPointer<UInt8>, _ decimal: UInt8) -> Parts? {
        var parts = Parts()
        var index = 0
        if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            parts.isNegative = sign == UInt8(ascii: "-")
            index = 1
        }
        var hasDigits = false
        var hasPoint = false
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                hasDigits = true
                if digit != 0 || parts.digitCount > 0 { parts.digitCount += 1 }
                if parts.digitCount <= 19 {
                    parts.significand = parts.significand &* 10 &+ UInt64(digit)
                    if hasPoint { parts.exponent -= 1 }
                } else if !hasPoint {
                    parts.exponent += 1
                }
            } else if text[index] == decimal, !hasPoint {
                hasPoint = true
            } else {
                break
            }
            index += 1
        }
        guard hasDigits else { return nil }
        guard index < text.count else { return parts }
        guard let exponent = readExponent(text, index) else { return nil }
        parts.exponent += exponent
        return parts
    }

    /// The exponent that fills the text from `index` to its end; beyond 10^9 it is held there.
    private static func readExponent(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard text[index] | 0x20 == UInt8(ascii: "e") else { return nil }
        var index = index + 1
        var isNegative = false
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
            isNegative = text[index] == UInt8(ascii: "-")
            index += 1
        }
        guard index < text.count else { return nil }
        var exponent = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            exponent = min(exponent * 10 + Int(digit), 1_000_000_000)
            index += 1
        }
        return isNegative ? -exponent : exponent
    }

    /// The common cases, exactly; nil for the others.
    private static func quick(_ parts: Parts) -> Double? {
        if parts.digitCount == 0 { return 0 }
        guard parts.isExact else { return nil }
        if parts.significand < 1 << 53, abs(parts.exponent) <= 22 {
            // Both operands are exact, so the one operation rounds once (Clinger, 1990).
            let value = Double(parts.significand)
            return parts.exponent < 0 ? value / exactPowers[-parts.exponent] : value * exactPowers[parts.exponent]
        }
        guard parts.exponent < 0, parts.exponent >= -19, parts.significand < 1 << 63 else { return nil }
        // Integer division gives at least 62 bits of the quotient and whether anything is left: enough to round once.
        let divisor = integerPowers[-parts.exponent]
        let up = parts.significand.leadingZeroBitCount - 1
        let divisorUp = divisor.leadingZeroBitCount
        let (quotient, rest) = (divisor << UInt64(divisorUp)).dividingFullWidth((parts.significand << UInt64(up), 0))
        let rounded = Double(quotient | (rest == 0 ? 0 : 1))
        return rounded * Double(bitPattern: UInt64(1023 + divisorUp - up - 64) << 52)
    }

    /// The magnitude by the standard library; nil if it is beyond the largest Double.
    private static func slow(_ text: UnsafeBufferPointer<UInt8>, _ decimal: UInt8) -> Double? {
        var plain: [UInt8] = []
        for byte in text where byte != UInt8(ascii: "+") && (byte != UInt8(ascii: "-") || !plain.isEmpty) {
            if byte == decimal, !plain.contains(where: isDigit) { plain.append(UInt8(ascii: "0")) }
            plain.append(byte == decimal ? UInt8(ascii: ".") : byte)
            if byte == decimal { plain.append(UInt8(ascii: "0")) }
        }
        // The zero put behind the point belongs there only if no digit follows.
        if let point = plain.firstIndex(of: UInt8(ascii: ".")), point + 2 < plain.count, isDigit(plain[point + 2]) { plain.remove(at: point + 1) }
        guard let value = Double(String(decoding: plain, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
