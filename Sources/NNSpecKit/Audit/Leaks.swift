import Datasets
import Diagnostics

/// Features that tell the target by themselves: often they are another form of it, or were written down after it was known.
enum Leaks {
    /// Rows that are looked at, evenly over the training part.
    private static let sample = 20_000
    /// Classes up to which numbers are looked at.
    private static let classLimit = 20

    /// The share of rows that one feature alone gets right: what counts as nearly all.
    private static let nearlyAll = 0.98

    static func find(_ data: ExaminedData, classes: [ClassRows]) -> [Diagnostic] {
        let part = data.parts[0]
        let step = max(1, part.rows.count / sample)
        let rows = stride(from: 0, to: part.rows.count, by: step).map { Int(part.rows[$0]) }
        guard rows.count >= 20 else { return [] }
        return data.features.enumerated().compactMap { index, feature in
            // An autoencoder's features are its targets, and are told elsewhere.
            guard !data.targets.contains(where: { $0.request.index == feature.request.index }) else { return nil }
            if classes.isEmpty {
                for target in data.targets where feature.kind == .numbers && target.kind != .categories {
                    guard let share = linearShare(feature, target, rows), share > 0.9999 else { continue }
                    return .tellsNumbers(part.table, feature, target)
                }
                return nil
            }
            let target = data.targets[0]
            guard let share = feature.kind == .numbers ? intervals(feature, target, rows, classes.count) : groups(feature, target, rows),
                share >= nearlyAll
            else { return nil }
            return .tellsClasses(part.table, feature, target, share: share)
        }
    }

    /// r² of the line through two columns of numbers; nil where one does not vary.
    private static func linearShare(_ x: TableColumn, _ y: TableColumn, _ rows: [Int]) -> Double? {
        let pairs = rows.map { (x.numbers[$0], y.numbers[$0]) }.filter { !$0.0.isNaN && !$0.1.isNaN }
        guard pairs.count >= 20 else { return nil }
        let (mx, my) = (pairs.reduce(0) { $0 + $1.0 } / Double(pairs.count), pairs.reduce(0) { $0 + $1.1 } / Double(pairs.count))
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for (a, b) in pairs {
            xx += (a - mx) * (a - mx)
            yy += (b - my) * (b - my)
            xy += (a - mx) * (b - my)
        }
        return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : nil
    }

    /// The share of rows whose class is the most frequent one of their category; nil where the categories are too many to say anything.
    private static func groups(_ feature: TableColumn, _ target: TableColumn, _ rows: [Int]) -> Double? {
        var counts: [Int32: [Int32: Int]] = [:]
        var present = 0
        for row in rows where feature.codes[row] >= 0 {
            counts[feature.codes[row], default: [:]][target.codes[row], default: 0] += 1
            present += 1
        }
        guard present >= 20, counts.count * 5 <= present, counts.count > 1 else { return nil }
        return Double(counts.values.reduce(0) { $0 + ($1.values.max() ?? 0) }) / Double(present)
    }

    /// The share of rows that the best division of the numbers into as many intervals as there are classes, a class to each, gets right.
    private static func intervals(_ feature: TableColumn, _ target: TableColumn, _ rows: [Int], _ classCount: Int) -> Double? {
        let present = rows.filter { !feature.numbers[$0].isNaN }.sorted { feature.numbers[$0] < feature.numbers[$1] }
        guard present.count >= 20, classCount <= classLimit else { return nil }
        let codes = Dictionary(Set(present.map { target.codes[$0] }).sorted().enumerated().map { ($1, $0) }) { first, _ in first }
        guard codes.count > 1 else { return nil }
        // best[j][c]: rows right so far with j + 1 intervals, the last of class c.
        var best = [[Int]](repeating: [Int](repeating: 0, count: codes.count), count: codes.count)
        var start = 0
        while start < present.count {
            var end = start
            var counts = [Int](repeating: 0, count: codes.count)
            while end < present.count, feature.numbers[present[end]] == feature.numbers[present[start]] {
                counts[codes[target.codes[present[end]]] ?? 0] += 1
                end += 1
            }
            for j in stride(from: codes.count - 1, through: 0, by: -1) {
                let before = j > 0 ? best[j - 1].max() ?? 0 : 0
                for c in best[j].indices { best[j][c] = max(best[j][c], before) + counts[c] }
            }
            start = end
        }
        return Double(best.joined().max() ?? 0) / Double(present.count)
    }
}
