#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// Some rows of a part: for trials on a few of the training rows, encoded as the training has them, and for files that are read piece by piece.
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

    /// Some rows behind one another, with their weights.
    package func rows(_ range: Range<Int>) -> Part {
        let inputs = inputs.rows(range)
        let targets: Targets =
            switch targets {
            case .classes(let classes): .classes(classes.isEmpty ? [] : Array(classes[range]))
            case .values(let values): .values(values.rows(range))
            case .labels(let labels): .labels(labels.rows(range))
            }
        return Part(inputs: inputs, targets: targets, rowNumbers: Array(rowNumbers[range]), weights: weights.map { Array($0[range]) })
    }

    /// These rows and those of another part of the same data.
    package func followed(by other: Part) -> Part {
        let targets: Targets =
            switch (targets, other.targets) {
            case (.classes(let first), .classes(let second)): .classes(first + second)
            case (.values(let first), .values(let second)): .values(first.followed(by: second))
            case (.labels(let first), .labels(let second)): .labels(first.followed(by: second))
            default: preconditionFailure("parts of the same data have targets of one kind")
            }
        return Part(
            inputs: inputs.followed(by: other.inputs), targets: targets, rowNumbers: rowNumbers + other.rowNumbers,
            weights: weights.map { $0 + (other.weights ?? []) })
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
    fileprivate func rows(_ range: Range<Int>) -> Matrix {
        made(rows: range.count) { target, byteCount in
            withUnsafeBytes { source in
                let own = UnsafeRawBufferPointer(rebasing: source[range.lowerBound * byteCount..<range.upperBound * byteCount])
                if let base = own.baseAddress { target.copyMemory(from: base, byteCount: own.count) }
            }
        }
    }

    fileprivate func followed(by other: Matrix) -> Matrix {
        precondition(columns == other.columns && precision == other.precision, "matrices of the same data have rows of one kind")
        return made(rows: rows + other.rows) { target, _ in
            var target = target
            for matrix in [self, other] {
                matrix.withUnsafeBytes { source in
                    guard let base = source.baseAddress else { return }
                    target.copyMemory(from: base, byteCount: source.count)
                    target += source.count
                }
            }
        }
    }

    /// A matrix of as many columns. - Parameter fill: gets the bytes of a row.
    private func made(rows: Int, fill: (_ target: UnsafeMutableRawPointer, _ byteCount: Int) -> Void) -> Matrix {
        let byteCount = columns * (precision == .float32 ? 4 : 8)
        guard let matrix = Matrix(rows: rows, columns: columns, precision: precision, fill: { fill($0, byteCount) }) else {
            preconditionFailure("no memory for a matrix of \(rows) x \(columns)")
        }
        return matrix
    }

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
