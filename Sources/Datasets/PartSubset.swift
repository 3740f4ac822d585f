#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// A few rows of a part: for trials on some of the training rows, encoded as the training has them.
extension Part {
    /// - Parameter chosen: rows of this part, rising. nil if the system has no memory. Each of them counts the same, whatever it weighs.
    package func subset(_ chosen: [Int]) -> Part? {
        let numbers = chosen.map { rowNumbers[$0] }
        guard let inputs = inputs.subset(chosen) else { return nil }
        switch targets {
        case .classes(let classes): return Part(inputs: inputs, targets: .classes(chosen.map { classes[$0] }), rowNumbers: numbers)
        case .values(let values): return values.subset(chosen).map { Part(inputs: inputs, targets: .values($0), rowNumbers: numbers) }
        case .labels(let labels): return labels.subset(chosen).map { Part(inputs: inputs, targets: .labels($0), rowNumbers: numbers) }
        }
    }

    /// The first `count` rows; of classes the first of each class in turn, in the order of the classes, as far as each has rows. Rising.
    ///
    /// Precondition: there are so many.
    package func firstRows(_ count: Int) -> [Int] {
        guard case .classes(let classes) = targets else { return Array(0..<count) }
        var ofClass = [[Int]](repeating: [], count: Int(classes.max() ?? 0) + 1)
        for (row, number) in classes.enumerated() where ofClass[Int(number)].count < count { ofClass[Int(number)].append(row) }
        var chosen: [Int] = []
        var turn = 0
        while chosen.count < count {
            for rows in ofClass where turn < rows.count && chosen.count < count { chosen.append(rows[turn]) }
            turn += 1
        }
        return chosen.sorted()
    }

    /// Groups of rows that have the same inputs, bit by bit, and not the same targets; each with its rows rising, and by their first rows.
    package var contradictions: [[Int]] {
        let byteCount = inputs.rows == 0 ? 0 : inputs.withUnsafeBytes { $0.count } / inputs.rows
        let base = inputs.base
        func order(_ a: Int, _ b: Int) -> Int { byteCount == 0 ? 0 : Int(memcmp(base + a * byteCount, base + b * byteCount, byteCount)) }
        let sorted = (0..<rows).sorted { a, b in
            let found = order(a, b)
            return found != 0 ? found < 0 : a < b
        }
        var groups: [[Int]] = []
        var start = 0
        for index in sorted.indices where index + 1 == sorted.count || order(sorted[index], sorted[index + 1]) != 0 {
            let group = Array(sorted[start...index])
            if group.contains(where: { !hasSameTargets($0, group[0]) }) { groups.append(group) }
            start = index + 1
        }
        return withExtendedLifetime(inputs) { groups.sorted { $0[0] < $1[0] } }
    }

    private func hasSameTargets(_ a: Int, _ b: Int) -> Bool {
        switch targets {
        case .classes(let classes): classes[a] == classes[b]
        case .values(let values), .labels(let values): (0..<values.columns).allSatisfy { values[a, $0] == values[b, $0] }
        }
    }
}

extension Matrix {
    /// nil if the system has no memory.
    package func subset(_ chosen: [Int]) -> Matrix? {
        Matrix(rows: chosen.count, columns: columns, precision: precision) { target in
            withUnsafeBytes { source in
                let byteCount = rows == 0 ? 0 : source.count / rows
                guard byteCount > 0, let base = source.baseAddress else { return }
                for (index, row) in chosen.enumerated() {
                    (target + index * byteCount).copyMemory(from: base + row * byteCount, byteCount: byteCount)
                }
            }
        }
    }
}
