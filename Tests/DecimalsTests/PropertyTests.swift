import Decimals
import Foundation
import TestSupport
import Testing

/// Both directions of the conversion against the C library and Swift's own `description`.
@Suite struct PropertyTests {
    /// A text of the grammar, its length and exponent drawn so that every path of the reader is met.
    private static func text(_ round: Int, _ dice: inout Dice) -> [UInt8] {
        var text: [UInt8] = []
        func digits(_ count: Int) { for _ in 0..<count { text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: dice.next() % 10)) } }
        func exponent(_ range: ClosedRange<Int>) { text += Array("e\(Int.random(in: range, using: &dice))".utf8) }
        switch round % 8 {
        case 0:
            digits(1 + Int(dice.next() % 40))
            exponent(-400...400)
        case 1:
            text += Array(repeating: UInt8(ascii: "0"), count: Int(dice.next() % 30))
            digits(1 + Int(dice.next() % 9))
            text.append(UInt8(ascii: "."))
            digits(Int(dice.next() % 20))
        case 2:
            text += Array("0.".utf8) + Array(repeating: UInt8(ascii: "0"), count: Int(dice.next() % 50))
            digits(1 + Int(dice.next() % 20))
        // Halfway between two doubles, exactly or but for the last digits.
        case 3:
            let odd = (dice.next() >> 11 | 1 << 52) << 1 | 1
            text = Array("\(odd << (dice.next() % 10))".utf8)
            if dice.next() % 2 == 0 { text += Array(".000000000000000000000000000000".utf8) + [UInt8(ascii: "0") + UInt8(dice.next() % 2)] }
        // Halfway between two floats; with some zeros and a one behind, nearly.
        case 4:
            let float = Float(bitPattern: UInt32(truncatingIfNeeded: dice.next()) & 0x7F7F_FFFF)
            text = Array("\((Double(float) + Double(float.nextUp)) / 2)".utf8)
            if dice.next() % 2 == 0, !text.contains(UInt8(ascii: "e")) { text += Array("0000000000000001".utf8) }
        // Subnormal.
        case 5: text = Array(Double(bitPattern: dice.next() >> (12 + dice.next() % 40)).description.utf8)
        case 6: text = Array(Float(bitPattern: UInt32(truncatingIfNeeded: dice.next() >> 41)).description.utf8)
        default: text = Array(Double(bitPattern: dice.next() & 0x7FEF_FFFF_FFFF_FFFF).description.utf8)
        }
        return text
    }

    @Test func aMillionTextsAgreeWithTheLibrary() {
        var dice = Dice(state: 31)
        var wrong: [String] = []
        for round in 0..<1_000_000 {
            var text = Self.text(round, &dice)
            let float = text.withUnsafeBufferPointer { NumberParser.float($0) }
            let double = text.withUnsafeBufferPointer { NumberParser.parse($0) }
            text.append(0)
            let (expectedFloat, expected) = text.withUnsafeBytes { raw in
                let start = raw.baseAddress!.assumingMemoryBound(to: CChar.self)
                return (strtof(start, nil), strtod(start, nil))
            }
            let isRight = double == (expected.isFinite ? .number(expected) : .outOfRange) && float?.bitPattern == expectedFloat.bitPattern
            if !isRight { wrong.append(String(decoding: text.dropLast(), as: UTF8.self)) }
        }
        #expect(wrong == [])
    }

    /// Each 2003rd of all bit patterns of Float, or each NNSPEC_FLOAT_STRIDE-th: 1 takes all, some minutes.
    @Test func floatsAreWrittenAsSwiftDoes() {
        let stride = ProcessInfo.processInfo.environment["NNSPEC_FLOAT_STRIDE"].flatMap(UInt64.init) ?? 2_003
        let writer = NumberWriter()
        var wrong: [UInt32] = []
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberWriter.limit) { buffer in
            guard let start = buffer.baseAddress else { return }
            for pattern in Swift.stride(from: UInt64(0), to: 1 << 32, by: UInt64.Stride(stride)) {
                let value = Float(bitPattern: UInt32(pattern))
                let text = UnsafeBufferPointer(start: start, count: writer.write(value, at: start) - start)
                var description = value.description
                let isSame = description.withUTF8 { $0.elementsEqual(text) }
                let isReadBack = !value.isFinite || NumberParser.float(text)?.bitPattern == value.bitPattern
                if !isSame || !isReadBack { wrong.append(value.bitPattern) }
            }
        }
        #expect(wrong == [])
    }

    @Test func doublesAreWrittenAsSwiftDoes() {
        let writer = NumberWriter()
        var dice = Dice(state: 32)
        var wrong: [Double] = []
        let special: [Double] = [
            0, -0.0, 1, 5e-324, 1e-5, 0.0001, 0x1p53, 0x1p53 + 2, 0x1p-1022, .greatestFiniteMagnitude, .infinity, -.infinity, .nan, 1e22, 123456789,
        ]
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberWriter.limit) { buffer in
            guard let start = buffer.baseAddress else { return }
            func check(_ value: Double) {
                let text = UnsafeBufferPointer(start: start, count: writer.write(value, at: start) - start)
                var description = value.description
                let isReadBack = !value.isFinite || NumberParser.parse(text) == .number(value)
                if !description.withUTF8({ $0.elementsEqual(text) }) || !isReadBack { wrong.append(value) }
            }
            for value in special { check(value) }
            for round in 0..<300_000 {
                switch round % 3 {
                case 0: check(Double(bitPattern: dice.next()))
                case 1: check(Double(dice.next() >> (dice.next() % 64)) / 1000)
                default: check(Double(bitPattern: (dice.next() & 0xFFF) << 52 | dice.next() % 5))
                }
            }
        }
        #expect(wrong == [])
    }
}
