import Datasets
import Testing

@Suite struct TextTableTests {
    @Test func numbersInOrderOfAppearance() {
        var table = TextTable()
        for number in 0..<5_000 { #expect(table.intern("t\(number)") == Int32(number)) }
        for number in 0..<5_000 { #expect(table.intern("t\(number)") == Int32(number)) }
        #expect(table.count == 5_000)
        #expect(table.text(4_321) == "t4321")
        #expect(table.number(of: "t17") == 17)
        #expect(table.number(of: "absent") == nil)
    }

    @Test func bytesAreComparedNotCharacters() {
        var table = TextTable()
        #expect(table.intern("\u{E9}") == 0)
        #expect(table.intern("e\u{301}") == 1)
        #expect(table.intern("") == 2)
        #expect(table.precedes(1, 0))
        #expect(!table.precedes(0, 0))
    }
}
