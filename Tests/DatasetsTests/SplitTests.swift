import Datasets
import Testing

@Suite struct SplitTests {
    @Test(arguments: [
        (10, [0.8, 0.2, 0], [8, 2, 0]), (10, [0.75, 0.25, 0], [8, 2, 0]), (7, [0.8, 0.2, 0], [6, 1, 0]), (3, [0.9, 0.1, 0], [3, 0, 0]),
        (5, [0.5, 0.5, 0], [3, 2, 0]), (20, [0.5, 0.25, 0.25], [10, 5, 5]), (10, [0.7, 0.2, 0.1], [7, 2, 1]), (100, [0.29, 0.71, 0], [29, 71, 0]),
        (1, [0.6, 0.2, 0.2], [1, 0, 0]), (0, [0.8, 0.2, 0], [0, 0, 0]),
    ])
    func largestRemainder(_ count: Int, _ fractions: [Double], _ expected: [Int]) { #expect(Split.counts(count, fractions) == expected) }

    static let rows = (0..<Int32(103)).map { $0 * 2 }
    static let classes = (0..<103).map { Int32($0 % 10 == 0 ? 1 : $0 % 3 == 0 ? 2 : 0) }

    @Test(arguments: [Split.Method.random, .ordered, .stratified(classes: classes, count: 3)])
    func everyRowOnceAndRising(_ method: Split.Method) {
        for seed in 0..<20 as Range<UInt64> {
            let split = Split.divide(Self.rows, fractions: [0.6, 0.3, 0.1], method: method, seed: seed)
            #expect(split.parts.flatMap { $0 ?? [] }.sorted() == Self.rows)
            for part in split.parts { #expect(part == part?.sorted()) }
            #expect(split == Split.divide(Self.rows, fractions: [0.6, 0.3, 0.1], method: method, seed: seed))
        }
    }

    @Test func seedsMatterForRandomSplitsOnly() {
        func train(_ method: Split.Method, _ seed: UInt64) -> [Int32] {
            Split.divide(Self.rows, fractions: [0.8, 0.2, 0], method: method, seed: seed).train
        }
        #expect(train(.random, 1) != train(.random, 2))
        #expect(train(.stratified(classes: Self.classes, count: 3), 1) != train(.stratified(classes: Self.classes, count: 3), 2))
        #expect(train(.ordered, 1) == train(.ordered, 2))
        #expect(train(.ordered, 1) == Array(Self.rows.prefix(82)))
    }

    @Test func eachClassIsDividedOnItsOwn() {
        let split = Split.divide(Self.rows, fractions: [0.5, 0.25, 0.25], method: .stratified(classes: Self.classes, count: 3), seed: 4)
        for number in 0..<3 as Range<Int32> {
            let members = Set(zip(Self.rows, Self.classes).filter { $0.1 == number }.map(\.0))
            #expect(split.parts.map { $0?.count { members.contains($0) } ?? 0 } == Split.counts(members.count, [0.5, 0.25, 0.25]))
        }
    }

    @Test func partsNotAskedForAreNil() {
        let split = Split.divide(Self.rows, fractions: [1, 0, 0], method: .random, seed: 0)
        #expect(split == SplitRows(train: Self.rows))
    }
}
