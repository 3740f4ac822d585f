import Decimals
import Foundation
import TestSupport
import Testing

@Suite struct NumberParserTests {
    @Test(arguments: [
        ("1.5", 1.5), ("-2", -2), ("+3", 3), ("1e3", 1000), ("1E+3", 1000), ("2160.", 2160), (".5", 0.5), ("-.5e-1", -0.05), ("5.e2", 500),
        ("0", 0), ("000012", 12), ("1e-400", 0), ("0e999999999999999999", 0), ("-0", -0.0), ("9007199254740993", 9_007_199_254_740_992),
        ("0.1", 0.1), ("123456789012345678901234567890", 1.2345678901234568e29), ("1.7976931348623157e308", .greatestFiniteMagnitude),
        ("4.9406564584124654e-324", .leastNonzeroMagnitude), ("2.2250738585072014e-308", .leastNormalMagnitude),
    ])
    func reads(_ text: String, _ value: Double) {
        #expect(NumberParser.parse(text) == .number(value))
        if case .number(let found) = NumberParser.parse(text) { #expect(found.bitPattern == value.bitPattern) }
    }

    @Test(arguments: [
        "", " ", " 4 ", "4 ", "1,5", "1.234,56", "1,234.5", "1 234", "12%", "$5", "0x10", "nan", "NaN(0x1)", "inf", "Infinity", "1_000", "١٢", "1.5f",
        "--5", "+-5", "5e", "5e+", "e5", ".", "+", "-", ".e1", "1..2", "1.2.3", "1e5.0", "1e 5", "1d3", "−5", "1\u{0}",
    ])
    func refuses(_ text: String) { #expect(NumberParser.parse(text) == .notANumber) }

    @Test(arguments: ["1e400", "-1e400", "1e999999999999999999999", "1.7976931348623159e308", "9" + String(repeating: "0", count: 400)])
    func outOfRange(_ text: String) { #expect(NumberParser.parse(text) == .outOfRange) }

    @Test func decimalComma() {
        #expect(NumberParser.parse("1,5", decimal: UInt8(ascii: ",")) == .number(1.5))
        #expect(NumberParser.parse(",12345678901234567890", decimal: UInt8(ascii: ",")) == .number(0.12345678901234567890))
        #expect(NumberParser.parse("1.5", decimal: UInt8(ascii: ",")) == .notANumber)
    }

    @Test func agreesWithStrtod() {
        var dice = Dice(state: 1)
        var differences: [String] = []
        for round in 0..<100_000 {
            let text: String
            if round % 3 == 0 {
                text = Double(bitPattern: dice.next()).description
                guard text.first?.isNumber == true || text.first == "-", !text.contains("n") else { continue }
            } else {
                func digits(_ range: ClosedRange<Int>) -> String {
                    (0..<Int.random(in: range, using: &dice)).map { _ in String(Int.random(in: 0...9, using: &dice)) }.joined()
                }
                let exponent = round % 3 == 1 ? "" : "e\(Int.random(in: -330...310, using: &dice))"
                text = ["", "-", "+"][round % 3] + digits(1...22) + "." + digits(0...22) + exponent
            }
            let expected = strtod(text, nil)
            switch NumberParser.parse(text) {
            case .number(let value): if value.bitPattern != expected.bitPattern { differences.append(text) }
            case .outOfRange: if expected.isFinite { differences.append(text) }
            case .notANumber: differences.append(text)
            }
        }
        #expect(differences == [])
    }

    /// Digits with a short negative exponent take the way of integer division; ties and near-ties are what it could get wrong.
    @Test func divisionRoundsOnce() {
        var dice = Dice(state: 2)
        for _ in 0..<100_000 {
            let odd = (UInt64.random(in: 1 << 52..<1 << 53, using: &dice) << 1 | 1) << UInt64.random(in: 0...9, using: &dice)
            let text = "\(odd &+ UInt64.random(in: 0...2, using: &dice) &- 1)e-\(Int.random(in: 1...19, using: &dice))"
            #expect(NumberParser.parse(text) == .number(strtod(text, nil)), "\(text)")
        }
    }
}
