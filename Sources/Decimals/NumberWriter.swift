/// Numbers as text, byte for byte what Swift's `description` gives: 0.1, 1.0, 1e-05, 16777216.0, 1.2345679e+20.
///
/// Writes into memory of the caller's, which allocates nothing and goes for ten million numbers a second.
package struct NumberWriter: Sendable {
    /// No text is longer; so many bytes have to be free.
    package static let limit = 40

    private let fives = PowersTable()

    package init() {}

    /// Writes a number at `out` and returns the place behind it. Precondition: `limit` bytes are there. NaN is `nan`, as in Swift.
    package func write(_ value: Float, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        guard value.isFinite, value != 0 else { return NumberWriter.write(special: value.description, at: out) }
        let at = NumberWriter.sign(value.sign == .minus, at: out)
        // Beyond 2^24 not every whole number is a float.
        return NumberWriter.write(ShortestDecimal(value, fives), isLarge: value.magnitude > 0x1p24, at: at)
    }

    /// Writes a number at `out` and returns the place behind it. Precondition: `limit` bytes are there. NaN is `nan`, as in Swift.
    package func write(_ value: Double, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        guard value.isFinite, value != 0 else { return NumberWriter.write(special: value.description, at: out) }
        let at = NumberWriter.sign(value.sign == .minus, at: out)
        return NumberWriter.write(ShortestDecimal(value, fives), isLarge: value.magnitude > 0x1p53, at: at)
    }

    private static func write(special text: String, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var at = out
        for byte in text.utf8 { put(byte, &at) }
        return at
    }

    @inline(__always)
    private static func sign(_ isNegative: Bool, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        out.pointee = UInt8(ascii: "-")
        return isNegative ? out + 1 : out
    }

    @inline(__always)
    private static func put(_ byte: UInt8, _ at: inout UnsafeMutablePointer<UInt8>) {
        at.pointee = byte
        at += 1
    }

    /// Seventeen digits, the first with the weight of 10^(count of digits - 1), end up as a byte and two words of eight.
    private static func write(_ decimal: ShortestDecimal, isLarge: Bool, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        let powers = SmallPowers.integers
        var count = digitCount(decimal.digits, powers)
        // The value is 0.d1d2d3... x 10^point.
        let point = count + decimal.exponent
        let aligned = decimal.digits &* powers[17 - count]
        let first = UInt8(truncatingIfNeeded: aligned / powers[16])
        let rest = aligned % powers[16]
        let (high, low) = (eightDigits(rest / powers[8]), eightDigits(rest % powers[8]))
        // Bytes are in the order of the text: trailing zeros are the top bytes.
        count = low != 0 ? 17 - low.leadingZeroBitCount / 8 : 9 - high.leadingZeroBitCount / 8
        let ascii: UInt64 = 0x3030_3030_3030_3030
        func digits(at place: UnsafeMutablePointer<UInt8>) {
            place.pointee = first + UInt8(ascii: "0")
            let raw = UnsafeMutableRawPointer(place)
            raw.storeBytes(of: (high | ascii).littleEndian, toByteOffset: 1, as: UInt64.self)
            raw.storeBytes(of: (low | ascii).littleEndian, toByteOffset: 9, as: UInt64.self)
        }
        if point < -3 || isLarge { return scientific(out, count, point - 1, digits) }
        if point <= 0 {
            UnsafeMutableRawPointer(out).storeBytes(of: (0x3030_3030_3030_2E30 as UInt64).littleEndian, as: UInt64.self)
            digits(at: out + (2 - point))
            return out + (2 - point + count)
        }
        // All digits, the zeros behind them included; then those behind the point once more, one place further.
        digits(at: out)
        guard count > point else {
            for place in count..<max(count, point) { out[place] = UInt8(ascii: "0") }
            out[point] = UInt8(ascii: ".")
            out[point + 1] = UInt8(ascii: "0")
            return out + (point + 2)
        }
        var place = count
        while place > point {
            out[place] = out[place - 1]
            place -= 1
        }
        out[point] = UInt8(ascii: ".")
        return out + (count + 1)
    }

    /// d.ddde+XX, at least two digits of exponent.
    private static func scientific(
        _ out: UnsafeMutablePointer<UInt8>, _ count: Int, _ exponent: Int, _ digits: (UnsafeMutablePointer<UInt8>) -> Void
    ) -> UnsafeMutablePointer<UInt8> {
        var at = out
        digits(at + 1)
        at[0] = at[1]
        at[1] = UInt8(ascii: ".")
        at += count > 1 ? count + 1 : 1
        put(UInt8(ascii: "e"), &at)
        put(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"), &at)
        let magnitude = abs(exponent)
        if magnitude >= 100 { put(UInt8(ascii: "0") + UInt8(magnitude / 100), &at) }
        put(UInt8(ascii: "0") + UInt8(magnitude / 10 % 10), &at)
        put(UInt8(ascii: "0") + UInt8(magnitude % 10), &at)
        return at
    }

    @inline(__always)
    private static func digitCount(_ digits: UInt64, _ powers: UnsafePointer<UInt64>) -> Int {
        // log10(2) is 1233 / 4096 closely enough for 64 bits.
        let guess = ((64 - digits.leadingZeroBitCount) * 1233) >> 12
        return guess + (digits >= powers[guess] ? 1 : 0)
    }

    /// The digits of a number below 10^8 as bytes 0 ... 9, the first in the lowest byte: three steps that halve.
    @inline(__always)
    private static func eightDigits(_ number: UInt64) -> UInt64 {
        let halves = (number / 10_000) | (number % 10_000) << 32
        let hundreds = ((halves &* 10_486) >> 20) & 0x0000_007F_0000_007F
        let pairs = hundreds | (halves &- 100 &* hundreds) << 16
        let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
        return tens | (pairs &- 10 &* tens) << 8
    }
}
