/// Where the columns of a table lie while it is read: one after the other, each with a stretch for every piece of the file.
///
/// Memory: 8 bytes per row for its place in the file, and per column and row 8 bytes for numbers, 4 for categories, 12 for labels. Rows are
/// counted by line feeds, and never more than the bytes of the file have room for, so the whole is at most some 12 times the file.
final class ColumnMemory {
    let plans: [ColumnPlan]
    /// Fields of a record.
    let fieldCount: Int
    /// Numbers of plans, sorted by field; steps name stretches of these.
    let columns: [Int]
    /// Rows in front of each piece, were all lines records; one more entry for the whole.
    private let firstRows: [Int]
    private let stride: Int
    private let fieldSteps: [Range<Int>]
    private let startsBlock: Block
    private let numbersBlock: Block
    private let codesBlock: Block
    private let numbersPlace: [Int?]
    private let codesPlace: [Int?]

    /// - Parameter capacities: rows that each piece may have. nil if the system has no memory.
    init?(_ plans: [ColumnPlan], fieldCount: Int, capacities: [Int]) {
        self.plans = plans
        self.fieldCount = fieldCount
        var total = 0
        firstRows =
            capacities.map { count in
                defer { total += count }
                return total
            } + [total]
        // An odd number of cache lines: columns a power of two apart would all fight for the same place in the cache.
        stride = ((total + 15) / 16 | 1) * 16
        var (numbers, codes) = (0, 0)
        func take(_ isTaken: Bool, _ count: inout Int) -> Int? {
            defer { if isTaken { count += 1 } }
            return isTaken ? count : nil
        }
        numbersPlace = plans.map { take($0.kind != .categories, &numbers) }
        codesPlace = plans.map { take($0.kind != .numbers, &codes) }
        guard let starts = Block(byteCount: stride * 8), let numbersBlock = Block(byteCount: numbers * stride * 8),
            let codesBlock = Block(byteCount: codes * stride * 4)
        else { return nil }
        (startsBlock, self.numbersBlock, self.codesBlock) = (starts, numbersBlock, codesBlock)
        columns = plans.indices.sorted { (plans[$0].request.index, $0) < (plans[$1].request.index, $1) }
        var steps = [Range<Int>](repeating: 0..<0, count: fieldCount)
        var place = 0
        while place < columns.count {
            let field = plans[columns[place]].request.index
            let first = place
            while place < columns.count, plans[columns[place]].request.index == field { place += 1 }
            steps[field] = first..<place
        }
        fieldSteps = steps
    }

    func capacity(_ piece: Int) -> Int { firstRows[piece + 1] - firstRows[piece] }

    func rowStarts(_ piece: Int) -> UnsafeMutablePointer<Int> { startsBlock.base.assumingMemoryBound(to: Int.self) + firstRows[piece] }

    private func numbers(_ column: Int) -> UnsafeMutablePointer<Double>? {
        numbersPlace[column].map { numbersBlock.base.assumingMemoryBound(to: Double.self) + $0 * stride }
    }

    private func codes(_ column: Int) -> UnsafeMutablePointer<Int32>? {
        codesPlace[column].map { codesBlock.base.assumingMemoryBound(to: Int32.self) + $0 * stride }
    }

    /// What a piece does with each field.
    func steps(piece: Int) -> [CSVPiece.Step] {
        fieldSteps.map { range in
            guard range.count == 1, plans[columns[range.lowerBound]].isPlain else { return CSVPiece.Step(numbers: nil, columns: range) }
            return CSVPiece.Step(numbers: numbers(columns[range.lowerBound]).map { $0 + firstRows[piece] }, columns: range)
        }
    }

    func part(_ column: Int, piece: Int) -> ColumnPart {
        ColumnPart(
            plans[column], numbers: numbers(column).map { $0 + firstRows[piece] }, codes: codes(column).map { $0 + firstRows[piece] })
    }

    /// Moves the rows together where pieces have fewer than there was room for, and hands them over as columns.
    func table(_ pieces: [(rows: Int, parts: [ColumnPart?])], threads: Int) -> (
        rowStarts: UnsafeBufferPointer<Int>, memory: Block, columns: [TableColumn]
    ) {
        let counts = pieces.map(\.rows)
        let rows = counts.reduce(0, +)
        var starts: [Int] = []
        for count in counts { starts.append((starts.last ?? 0) + (starts.isEmpty ? 0 : counts[starts.count - 1])); _ = count }
        let hasGaps = zip(starts, firstRows).contains { $0 != $1 }
        func close<Value>(_ base: UnsafeMutablePointer<Value>?) {
            guard hasGaps, let base else { return }
            for piece in counts.indices where starts[piece] != firstRows[piece] {
                (base + starts[piece]).update(from: base + firstRows[piece], count: counts[piece])
            }
        }
        close(startsBlock.base.assumingMemoryBound(to: Int.self))
        var result = [TableColumn?](repeating: nil, count: plans.count)
        result.withUnsafeMutableBufferPointer { result in
            nonisolated(unsafe) let result = result
            Team.run(plans.count, threads: hasGaps || codesPlace.contains { $0 != nil } ? threads : 1) { column in
                close(numbers(column))
                close(codes(column))
                let plan = plans[column]
                result[column] = TableColumn(
                    plan.request, plan.kind, decimal: plan.decimal,
                    numbers: UnsafeBufferPointer(start: numbers(column), count: plan.kind == .categories ? 0 : rows),
                    codes: UnsafeMutableBufferPointer(start: codes(column), count: plan.kind == .numbers ? 0 : rows),
                    parts: zip(pieces, starts).map { ($0.parts[column], $1) }, memory: [numbersBlock, codesBlock])
            }
        }
        return (
            UnsafeBufferPointer(start: startsBlock.base.assumingMemoryBound(to: Int.self), count: rows), startsBlock, result.compactMap { $0 }
        )
    }
}
