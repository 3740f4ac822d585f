import Datasets
import TestSupport
import Testing

@Suite struct FoldTests {
    static let rows = (0..<Int32(103)).map { $0 * 2 }
    static let classes = (0..<103).map { Int32($0 % 10 == 0 ? 1 : $0 % 3 == 0 ? 2 : 0) }
    static let keys = (0..<103).map { Int32($0 % 17) }

    @Test(arguments: [
        Split.Method.random, .ordered, .stratified(classes: classes, count: 3), .hash(keys: keys, texts: (0..<17).map { "k\($0)" }),
    ])
    func everyRowIsInOneFold(_ method: Split.Method) {
        for seed in 0..<10 as Range<UInt64> {
            for count in [2, 3, 5, 10] {
                let folds = Split.folds(Self.rows, count: count, method: method, seed: seed)
                #expect(folds.count == count && folds.flatMap { $0 }.sorted() == Self.rows)
                for fold in folds { #expect(fold == fold.sorted()) }
                #expect(folds == Split.folds(Self.rows, count: count, method: method, seed: seed))
                let sizes = folds.map(\.count)
                if case .hash = method { continue }
                #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(sizes)")
            }
        }
    }

    @Test func everyClassIsInEveryFold() {
        let folds = Split.folds(Self.rows, count: 5, method: .stratified(classes: Self.classes, count: 3), seed: 4)
        for number in 0..<3 as Range<Int32> {
            let members = Set(zip(Self.rows, Self.classes).filter { $0.1 == number }.map(\.0))
            let counts = folds.map { $0.count { members.contains($0) } }
            #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1 && (counts.min() ?? 0) > 0, "\(counts)")
        }
    }

    @Test func keysStayTogether() {
        let folds = Split.folds(Self.rows, count: 4, method: .hash(keys: Self.keys, texts: (0..<17).map { "k\($0)" }), seed: 1)
        let keys = folds.map { Set($0.map { Self.keys[Int($0) / 2] }) }
        for (index, own) in keys.enumerated() { for other in keys[(index + 1)...] { #expect(own.isDisjoint(with: other)) } }
    }

    /// No fold has more rows than another by more than the smallest key that it holds: that key would have gone to the other.
    @Test func keysAreSpreadEvenly() {
        var dice = Dice(state: 5)
        for round in 0..<200 {
            let keyCount = Int.random(in: 3...30, using: &dice)
            let keys = (0..<keyCount).flatMap { key in
                [Int32](repeating: Int32(key), count: Int.random(in: 1...(round % 2 == 0 ? 3 : 40), using: &dice))
            }
            .shuffled(using: &dice)
            let rows = keys.indices.map { Int32($0) }
            let texts = (0..<keyCount).map { "k\($0)" }
            let count = Int.random(in: 2...min(keyCount, 10), using: &dice)
            let folds = Split.folds(rows, count: count, method: .hash(keys: keys, texts: texts), seed: UInt64(round))
            #expect(folds.allSatisfy { !$0.isEmpty } && folds.flatMap { $0 }.sorted() == rows)
            let sizes = folds.map { fold in
                Dictionary(grouping: fold) { keys[Int($0)] }.mapValues(\.count)
            }
            let fewest = folds.map(\.count).min() ?? 0
            for fold in sizes { #expect(fold.values.reduce(0, +) - fewest <= fold.values.min() ?? 0) }
            // The order of the rows and the numbers of the keys say nothing.
            let turned = Split.folds(
                rows, count: count, method: .hash(keys: keys.map { Int32(keyCount - 1) - $0 }, texts: texts.reversed()), seed: UInt64(round))
            #expect(turned == folds)
        }
        // As many rows each: the seed decides.
        let method = Split.Method.hash(keys: Self.keys, texts: (0..<17).map { "k\($0)" })
        #expect(Split.folds(Self.rows, count: 4, method: method, seed: 1) != Split.folds(Self.rows, count: 4, method: method, seed: 2))
    }

    @Test func orderedFoldsAreStretchesAndOthersDependOnTheSeed() {
        let folds = Split.folds(Self.rows, count: 4, method: .ordered, seed: 1)
        #expect(folds.flatMap { $0 } == Self.rows && folds.map(\.count) == [26, 26, 26, 25])
        #expect(Split.folds(Self.rows, count: 4, method: .random, seed: 1) != Split.folds(Self.rows, count: 4, method: .random, seed: 2))
        #expect(Split.folds(Self.rows, count: 103, method: .random, seed: 1).allSatisfy { $0.count == 1 })
    }
}
