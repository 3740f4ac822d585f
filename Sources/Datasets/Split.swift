import RandomStreams

/// Rows divided into parts. A part not asked for is nil; row numbers rise.
package struct SplitRows: Equatable, Sendable {
    package var train: [Int32]
    package var validation: [Int32]?
    package var test: [Int32]?

    package init(train: [Int32], validation: [Int32]? = nil, test: [Int32]? = nil) {
        self.train = train
        self.validation = validation
        self.test = test
    }

    package static let partNames = ["train", "validation", "test"]
    package var parts: [[Int32]?] { [train, validation, test] }
}

/// Divides rows by fractions. The result depends on the seed, the rows, the fractions and the method only.
package enum Split {
    package enum Method: Equatable, Sendable {
        case random, ordered
        /// Class number of each row, and how many classes there are.
        case stratified(classes: [Int32], count: Int)
    }

    /// How many of `count` rows each part gets: floors first, the rest by largest remainder, of equals the earlier part.
    package static func counts(_ count: Int, _ fractions: [Double]) -> [Int] {
        let exact = fractions.map { Double(count) * $0 }
        // A product a rounding error below a whole number is that number.
        var counts = exact.map { Int(($0 + 1e-9 * max(1, $0)).rounded(.down)) }
        let order = fractions.indices.filter { fractions[$0] > 0 }.sorted { a, b in
            let (x, y) = (exact[a] - Double(counts[a]), exact[b] - Double(counts[b]))
            return abs(x - y) > 1e-9 * max(1, Double(count)) ? x > y : a < b
        }
        var left = count - counts.reduce(0, +)
        var turn = 0
        while left > 0, !order.isEmpty {
            counts[order[turn % order.count]] += 1
            left -= 1
            turn += 1
        }
        return counts
    }

    /// - Parameters:
    ///   - rows: row numbers, rising.
    ///   - fractions: of train, validation and test; their sum is 1.
    package static func divide(_ rows: [Int32], fractions: [Double], method: Method, seed: UInt64) -> SplitRows {
        let stream = RandomStream(seed: seed, name: "split")
        var parts: [[Int32]] = [[], [], []]
        func deal(_ group: [Int32]) {
            var start = 0
            for (part, count) in counts(group.count, fractions).enumerated() {
                parts[part] += group[start..<start + count]
                start += count
            }
        }
        switch method {
        case .ordered: deal(rows)
        case .random: deal(stream.permutation(rows.count).map { rows[Int($0)] })
        case .stratified(let classes, let count):
            var groups = [[Int32]](repeating: [], count: count)
            for (row, number) in zip(rows, classes) { groups[Int(number)].append(row) }
            for (number, group) in groups.enumerated() {
                var group = group
                stream.shuffle(&group, substream: UInt64(number))
                deal(group)
            }
        }
        for part in parts.indices { parts[part].sort() }
        return SplitRows(train: parts[0], validation: fractions[1] > 0 ? parts[1] : nil, test: fractions[2] > 0 ? parts[2] : nil)
    }
}
