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

    /// The parts of a number as written: digits times 10^exponent.
    private struct Parts {
        var isNegative = false
        /// The first 19 digits after leading zeros.
        var digits: UInt64 = 0
        var digitCount = 0
        /// Power of ten of the last digit in `digits`.
        var exponent = 0
    }

    package static func parse(_ text: UnsafeBufferPointer<UInt8>, decimal: UInt8 = UInt8(ascii: ".")) -> Result {
        guard let parts = read(text, decimal) else { return .notANumber }
        let magnitude = double(parts, text, decimal)
        guard magnitude.isFinite else { return .outOfRange }
        return .number(parts.isNegative ? -magnitude : magnitude)
    }

    package static func parse(_ text: String, decimal: UInt8 = UInt8(ascii: ".")) -> Result {
        Array(text.utf8).withUnsafeBufferPointer { parse($0, decimal: decimal) }
    }

    /// The float nearest to a text, infinite beyond the range; nil if it is no number.
    package static func float(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
        guard let parts = read(text, UInt8(ascii: ".")) else { return nil }
        let converter = DecimalConverter()
        var magnitude = converter.float(parts.digits, parts.exponent)
        if parts.digitCount > 19, magnitude != converter.float(parts.digits + 1, parts.exponent) {
            magnitude = Float(plain(text, UInt8(ascii: "."))) ?? .infinity
        }
        return parts.isNegative ? -magnitude : magnitude
    }

    private static func double(_ parts: Parts, _ text: UnsafeBufferPointer<UInt8>, _ decimal: UInt8) -> Double {
        let converter = DecimalConverter()
        let magnitude = converter.double(parts.digits, parts.exponent)
        // The digits left out make less than one of the last digit: where that changes nothing, neither do they.
        guard parts.digitCount > 19, magnitude != converter.double(parts.digits + 1, parts.exponent) else { return magnitude }
        return Double(plain(text, decimal)) ?? .infinity
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
                    parts.digits = parts.digits &* 10 &+ UInt64(digit)
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

    /// The exponent that fills the text from `index` to its end; beyond 10^15, which no file has the digits to make up for, it is held there.
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
            exponent = min(exponent * 10 + Int(digit), 1_000_000_000_000_000)
            index += 1
        }
        return isNegative ? -exponent : exponent
    }

    /// The number without its sign as the standard library reads it, all digits before the exponent: for the rare text of more than 19 digits
    /// that lies so close to the middle between two numbers that the others decide.
    private static func plain(_ text: UnsafeBufferPointer<UInt8>, _ decimal: UInt8) -> String {
        var digits: [UInt8] = []
        var exponent = 0
        var hasPoint = false
        for (index, byte) in text.enumerated() {
            if byte &- UInt8(ascii: "0") < 10 {
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte) }
                if hasPoint { exponent -= 1 }
            } else if byte == decimal {
                hasPoint = true
            } else if byte | 0x20 == UInt8(ascii: "e") {
                exponent += readExponent(text, index) ?? 0
                break
            }
        }
        return String(decoding: digits, as: UTF8.self) + "e\(exponent)"
    }
}
