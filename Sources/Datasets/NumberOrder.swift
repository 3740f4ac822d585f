import Decimals

/// The order of numbers by their texts, for those that Double cannot tell apart: whole numbers beyond 2^53, long fractions.
enum NumberOrder {
    /// A number as its digits: 0.d1d2d3... x 10^exponent, without zeros in front or behind; zero has no digits.
    private struct Digits: Equatable {
        var isNegative = false
        var digits: [UInt8] = []
        var exponent = 0

        init(_ text: String, decimal: UInt8) {
            var isBehindPoint = false
            var bytes = text.utf8.filter { $0 != 0x20 && $0 != 0x09 }[...]
            if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                isNegative = sign == UInt8(ascii: "-")
                bytes = bytes.dropFirst()
            }
            while let byte = bytes.popFirst() {
                if byte == decimal {
                    isBehindPoint = true
                } else if byte >= 0x30, byte <= 0x39 {
                    if !digits.isEmpty || byte != 0x30 { digits.append(byte) }
                    if isBehindPoint { if digits.isEmpty { exponent -= 1 } } else if !digits.isEmpty { exponent += 1 }
                } else {
                    // Only an exponent is left, which a number of this size has in few digits.
                    exponent += Int(String(decoding: bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes, as: UTF8.self)) ?? 0
                    break
                }
            }
            while digits.last == 0x30 { digits.removeLast() }
            if digits.isEmpty { (isNegative, exponent) = (false, 0) }
        }

        func isLess(than other: Digits) -> Bool {
            if isNegative != other.isNegative { return isNegative }
            let (a, b) = isNegative ? (other, self) : (self, other)
            if a.digits.isEmpty || b.digits.isEmpty { return a.digits.isEmpty && !b.digits.isEmpty }
            return a.exponent != b.exponent ? a.exponent < b.exponent : a.digits.lexicographicallyPrecedes(b.digits)
        }
    }

    /// Whether two texts are the same number. Precondition: both are numbers by their form.
    static func areEqual(_ a: String, _ b: String, decimal: UInt8) -> Bool { Digits(a, decimal: decimal) == Digits(b, decimal: decimal) }

    /// By value, and texts of the same number by code point. Precondition: both are numbers by their form.
    static func precedes(_ a: String, _ b: String, decimal: UInt8) -> Bool {
        let (x, y) = (Digits(a, decimal: decimal), Digits(b, decimal: decimal))
        return x == y ? a.utf8.lexicographicallyPrecedes(b.utf8) : x.isLess(than: y)
    }
}

extension NumberParser.Result {
    /// nil for what is no number, or out of range.
    var value: Double? { if case .number(let value) = self { value } else { nil } }
}
