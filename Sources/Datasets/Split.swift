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
        /// Class number of each row, and how many classes there are. A class has a row in every part asked for, as far as it has rows: first in
        /// train, then in validation, then in test.
        case stratified(classes: [Int32], count: Int)
        /// Key number of each row, and the keys: rows of one key stay together, and the key alone says where, whatever other rows there are.
        case hash(keys: [Int32], texts: [String])
        /// Part of each row: 0 train, 1 validation, 2 test.
        case column(parts: [Int32])
    }

    /// Which part a key belongs to: SHA-256 of "<seed>/<key>", its first 53 bits as a fraction of 1, against the sums of the shares.
    package static func part(ofKey key: String, fractions: [Double], seed: UInt64) -> Int {
        let fraction = Double(digest(ofKey: key, seed: seed) >> 11) * 0x1p-53
        var sum = 0.0
        for (part, share) in fractions.enumerated() where share > 0 {
            sum += share
            if fraction < sum { return part }
        }
        // Shares may sum to a little less than 1.
        return fractions.lastIndex { $0 > 0 } ?? 0
    }

    /// The first 64 bits of SHA-256 of "<seed>/<key>".
    private static func digest(ofKey key: String, seed: UInt64) -> UInt64 {
        var digest = SHA256()
        Array("\(seed)/\(key)".utf8).withUnsafeBytes { digest.update($0) }
        // 64 bits are 16 hexadecimal digits.
        return UInt64(digest.hexDigest().prefix(16), radix: 16) ?? 0
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

    /// The counts of a class: no part that is asked for goes without, as far as there are rows; the largest part gives them.
    static func countsOfClass(_ count: Int, _ fractions: [Double]) -> [Int] {
        var counts = counts(count, fractions)
        for part in fractions.indices where fractions[part] > 0 && counts[part] == 0 {
            // Of equals the last: train keeps its rows longest.
            guard let giver = counts.indices.max(by: { counts[$0] <= counts[$1] }), counts[giver] > (part == 0 ? 0 : 1) else { continue }
            counts[giver] -= 1
            counts[part] += 1
        }
        return counts
    }

    /// Each row in one of `count` folds, whose sizes differ by one at most. Of `stratified` so do the rows of each class. Of `hash`, rows of one key
    /// stay together: `foldsOfKeys`.
    ///
    /// Precondition: the method is not `column`.
    package static func folds(_ rows: [Int32], count: Int, method: Method, seed: UInt64) -> [[Int32]] {
        let stream = RandomStream(seed: seed, name: "folds")
        var folds = [[Int32]](repeating: [], count: count)
        func blocks(_ order: [Int32]) {
            var start = 0
            for fold in 0..<count {
                let size = order.count / count + (fold < order.count % count ? 1 : 0)
                folds[fold] = Array(order[start..<start + size])
                start += size
            }
        }
        switch method {
        case .ordered: blocks(rows)
        case .random: blocks(stream.permutation(rows.count).map { rows[Int($0)] })
        case .hash(let keys, let texts):
            let foldOfKey = foldsOfKeys(keys, texts, count: count, seed: seed)
            for (row, key) in zip(rows, keys) { folds[foldOfKey[Int(key)]].append(row) }
        case .stratified(let classes, let classCount):
            var groups = [[Int32]](repeating: [], count: classCount)
            for (row, number) in zip(rows, classes) { groups[Int(number)].append(row) }
            // Dealt one by one, and on from where the class before ended.
            var next = 0
            for (number, group) in groups.enumerated() {
                var group = group
                stream.shuffle(&group, substream: UInt64(number))
                for row in group {
                    folds[next].append(row)
                    next = (next + 1) % count
                }
            }
        case .column: preconditionFailure("folds by column are refused where the spec is read")
        }
        for fold in folds.indices { folds[fold].sort() }
        return folds
    }

    /// The fold of each key: keys with more rows first, each goes to the fold that has the fewest rows so far, of equal ones the first. Keys with as
    /// many rows come in the order of their hash. So no fold has more rows than another by more than the largest key that it holds; and a key may
    /// come to another fold when rows are added, unlike the parts of a split, since a cross-validation is trained anew as a whole.
    ///
    /// Source: the greedy rule of Graham 1969, which scikit-learn's GroupKFold follows too.
    static func foldsOfKeys(_ keys: [Int32], _ texts: [String], count: Int, seed: UInt64) -> [Int] {
        var rowCounts = [Int](repeating: 0, count: texts.count)
        for key in keys { rowCounts[Int(key)] += 1 }
        let digests = texts.map { digest(ofKey: $0, seed: seed) }
        let order = texts.indices.sorted { a, b in
            if rowCounts[a] != rowCounts[b] { return rowCounts[a] > rowCounts[b] }
            return digests[a] != digests[b] ? digests[a] < digests[b] : texts[a] < texts[b]
        }
        var sizes = [Int](repeating: 0, count: count)
        var folds = [Int](repeating: 0, count: texts.count)
        for key in order {
            let lightest = sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0
            folds[key] = lightest
            sizes[lightest] += rowCounts[key]
        }
        return folds
    }

    /// - Parameters:
    ///   - rows: row numbers, rising.
    ///   - fractions: of train, validation and test; their sum is 1. For `column` they say nothing.
    package static func divide(_ rows: [Int32], fractions: [Double], method: Method, seed: UInt64) -> SplitRows {
        let stream = RandomStream(seed: seed, name: "split")
        var parts: [[Int32]] = [[], [], []]
        func deal(_ group: [Int32], _ counts: [Int]) {
            var start = 0
            for (part, count) in counts.enumerated() {
                parts[part] += group[start..<start + count]
                start += count
            }
        }
        switch method {
        case .ordered: deal(rows, counts(rows.count, fractions))
        case .random: deal(stream.permutation(rows.count).map { rows[Int($0)] }, counts(rows.count, fractions))
        case .hash(let keys, let texts):
            let partOfKey = texts.map { part(ofKey: $0, fractions: fractions, seed: seed) }
            for (row, key) in zip(rows, keys) { parts[partOfKey[Int(key)]].append(row) }
        case .column(let found):
            for (row, part) in zip(rows, found) { parts[Int(part)].append(row) }
            return SplitRows(
                train: parts[0], validation: parts[1].isEmpty ? nil : parts[1], test: parts[2].isEmpty ? nil : parts[2])
        case .stratified(let classes, let count):
            var groups = [[Int32]](repeating: [], count: count)
            for (row, number) in zip(rows, classes) { groups[Int(number)].append(row) }
            for (number, group) in groups.enumerated() {
                var group = group
                stream.shuffle(&group, substream: UInt64(number))
                deal(group, countsOfClass(group.count, fractions))
            }
        }
        for part in parts.indices { parts[part].sort() }
        return SplitRows(train: parts[0], validation: fractions[1] > 0 ? parts[1] : nil, test: fractions[2] > 0 ? parts[2] : nil)
    }
}
