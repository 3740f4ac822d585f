import Decimals
import Foundation
import TestSupport
import Testing

/// Numbers of known bounds, whatever stands in front of them and behind, against the C library.
@Suite struct DecimalFieldTests {
    private static let converter = DecimalConverter()

    /// A text in the midst of others: what is made of it as a number without and with an exponent.
    private static func read(_ text: String, _ dice: inout Dice, decimal: UInt8 = UInt8(ascii: ".")) -> (plain: Double?, scientific: Double?) {
        let others = Array("0123456789.,-+eE\n\u{0}\"x é".utf8)
        let before = (0..<DecimalField.reach).map { _ in others.randomElement(using: &dice) ?? 0 }
        let behind = (0..<8).map { _ in others.randomElement(using: &dice) ?? 0 }
        return (before + Array(text.utf8) + behind).withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return (nil, nil) }
            let start = base + before.count
            return (
                DecimalField(start, start + text.utf8.count, decimal: decimal)?.double(converter),
                DecimalField.scientific(start, start + text.utf8.count, decimal: decimal, converter)
            )
        }
    }

    private static func digits(_ count: Int, _ dice: inout Dice) -> String {
        String((0..<count).map { _ in "0123456789".randomElement(using: &dice) ?? "0" })
    }

    /// Every length and every place of the mark: taken as far as promised, and rounded as strtod does.
    @Test func plainNumbersAgreeWithTheLibrary() {
        var dice = Dice(state: 51)
        var wrong: [String] = []
        var taken = 0
        for round in 0..<600_000 {
            let length = round % 27 + 1
            var text = Self.digits(length, &dice)
            // Up to 24 bytes, of which the first may make the number too large for 64 bits: zeros there do not.
            if length > 18, round % 2 == 0 { text = String(repeating: "0", count: length - 17) + text.suffix(17) }
            let mark = Int.random(in: -1...length, using: &dice)
            if mark >= 0 { text.insert(".", at: text.index(text.startIndex, offsetBy: mark)) }
            let isPromised =
                text.utf8.count <= 24 && (mark < 0 || text.utf8.count <= 16 || length - mark >= 8) && (length < 20 || text.hasPrefix("000000"))
            text = ["", "-", "+"][round % 3] + text
            let (plain, scientific) = Self.read(text, &dice)
            if let plain {
                taken += 1
                if plain.bitPattern != strtod(text, nil).bitPattern { wrong.append(text) }
            } else if isPromised {
                wrong.append("not taken: \(text)")
            }
            if scientific != nil { wrong.append("has no exponent: \(text)") }
        }
        #expect(wrong.prefix(10) == [])
        #expect(taken > 400_000)
    }

    @Test func numbersWithExponentsAgreeWithTheLibrary() {
        var dice = Dice(state: 52)
        var wrong: [String] = []
        for round in 0..<400_000 {
            let length = round % 19 + 1
            var mantissa = Self.digits(length, &dice)
            if round % 4 != 0 { mantissa.insert(".", at: mantissa.index(mantissa.startIndex, offsetBy: min(round % 3, length))) }
            let exponent = Int.random(in: round % 2 == 0 ? -25...25 : -345...310, using: &dice)
            let digits = String(format: round % 5 == 0 ? "%02d" : "%d", abs(exponent))
            let text = ["", "-", "+"][round % 3] + mantissa + (round % 7 < 5 ? "e" : "E") + (exponent < 0 ? "-" : round % 2 == 0 ? "+" : "") + digits
            let (plain, scientific) = Self.read(text, &dice)
            if plain != nil { wrong.append("is not plain: \(text)") }
            // Beyond the range of Double both are infinite.
            if scientific?.bitPattern != strtod(text, nil).bitPattern { wrong.append("\(text): \(scientific.map { "\($0)" } ?? "nil")") }
        }
        #expect(wrong.prefix(10) == [])
    }

    /// Whatever is taken is a number to the parser too, and the same one.
    @Test(arguments: [UInt8(ascii: "."), UInt8(ascii: ",")]) func whatIsNoNumberIsNotTaken(_ decimal: UInt8) {
        var dice = Dice(state: 53)
        var wrong: [String] = []
        var numbers = 0
        let letters = Array("000123456789..,,--+eE5 é\u{89}\u{0}\r\"".unicodeScalars)
        for round in 0..<600_000 {
            var text = ""
            // Mostly digits in every other text, so that many are numbers.
            let kinds = round % 2 == 0 ? letters.count : 14
            for _ in 0..<Int.random(in: 0...26, using: &dice) { text.unicodeScalars.append(letters[Int.random(in: 0..<kinds, using: &dice)]) }
            let parsed = NumberParser.parse(text, decimal: decimal)
            let (plain, scientific) = Self.read(text, &dice, decimal: decimal)
            for value in [plain, scientific] {
                guard let value else { continue }
                numbers += 1
                if case .number(let expected) = parsed, expected.bitPattern == value.bitPattern { continue }
                if parsed == .outOfRange, value.isInfinite { continue }
                wrong.append("\(text.debugDescription): \(value), \(parsed)")
            }
        }
        #expect(wrong.prefix(10) == [])
        #expect(numbers > 10_000)
    }

    @Test func edges() {
        var dice = Dice(state: 54)
        for text in [
            "", "-", "+", ".", "-.", "+-1", "--1", "1.2.3", "1..2", "1-", "12345678-", "e5", "-e5", ".e5", "1e", "1e+", "1e5.0", "1e5e5", "0x10",
            "1_0",
        ] {
            let (plain, scientific) = Self.read(text, &dice)
            #expect(plain == nil && scientific == nil, "\(text)")
        }
        #expect(Self.read("-0", &dice).plain?.bitPattern == (-0.0).bitPattern)
        #expect(Self.read("-0.000000", &dice).plain?.bitPattern == (-0.0).bitPattern)
        #expect(Self.read("5.", &dice).plain == 5)
        #expect(Self.read("-.5", &dice).plain == -0.5)
        #expect(Self.read("18439999999999999999", &dice).plain == 1.844e19)
        #expect(Self.read("18440000000000000000", &dice).plain == nil)
        #expect(Self.read("9007199254740993", &dice).plain == 9007199254740992)
        #expect(Self.read("1e400", &dice).scientific == .infinity)
        #expect(Self.read("1e-400", &dice).scientific == 0)
        #expect(Self.read("1,5", &dice, decimal: UInt8(ascii: ",")).plain == 1.5)
        #expect(Self.read("1.5", &dice, decimal: UInt8(ascii: ",")).plain == nil)
    }
}
