import IR

/// Pass 8: who does what: which instructions a team shares, along which side of their output, and which products copy their second operand into
/// blocks. Nothing here changes a bit of a result.
enum DivideWork {
    /// At most this many multiply-adds, or as much other work, stay on one thread: about two microseconds, several times what waking a team costs.
    static let parallelThreshold = 1 << 17
    /// Whether reading the second operand in place costs more than copying it: its rows are pages apart, or what all rows of a product read
    /// between two uses of a number is more than a cache holds.
    private static func isFarApart(rows: Int, columns: Int, k: Int, _ byteCount: Int) -> Bool {
        columns * byteCount >= 4096 || k > 2048 || (rows * k * byteCount > 1 << 20 && columns > 2 * Tile.columns)
    }

    /// In the order of the tape.
    static func run(_ graph: Graph, order: [NodeID], capacity: Int, precision: Precision) -> [Work] {
        order.map { work(of: $0, in: graph, capacity: capacity, precision: precision) }
    }

    private static func work(of id: NodeID, in graph: Graph, capacity: Int, precision: Precision) -> Work {
        let node = graph[id]
        func elements(_ id: NodeID) -> Int { graph.shape(id).elementsPerRow * (graph.shape(id).isBatched ? capacity : 1) }
        func width(_ operand: Int) -> Int { graph.shape(node.inputs[operand]).elementsPerRow }
        switch node.op {
        case .dense: return product(rows: capacity, columns: elements(id) / capacity, k: width(0), isTransposed: false, precision)
        case .inputGradient: return product(rows: capacity, columns: elements(id) / capacity, k: width(0), isTransposed: true, precision)
        case .weightGradient: return product(rows: width(0), columns: width(1), k: capacity, isTransposed: false, precision)
        case .weightUpdate:
            var work = product(rows: width(1), columns: width(2), k: capacity, isTransposed: false, precision)
            // Rows of a weight lie together, so whoever makes a row of its gradient changes it in one stretch.
            if work.split == .columns, work.blocking == nil, width(1) >= 4 * Tile.rows { (work.split, work.grain) = (.rows, Tile.rows) }
            work.rowsAtATime = min(width(1), rowsAtATime(columns: width(2), isBlocked: work.blocking != nil, precision))
            return work
        case .loss, .lossWithGradient, .squaredNorm: return .whole
        case .input, .target, .rowWeights: return units(elements(id) * 8)
        case .update(let optimizer, _): return units(elements(id) * (optimizer.states.isEmpty ? 4 : 16))
        case .activation, .activationGradient, .softmax, .lossGradient, .dropout, .dropoutGradient: return units(elements(id) * 4)
        default: return units(elements(id))
        }
    }

    /// As many rows of a gradient as a first-level cache holds; more where the second operand is copied anew for each stretch of rows.
    private static func rowsAtATime(columns: Int, isBlocked: Bool, _ precision: Precision) -> Int {
        isBlocked ? 32 * Tile.rows : max(24 << 10 / (columns * precision.byteCount) / Tile.rows, 1) * Tile.rows
    }

    private static func units(_ work: Int) -> Work {
        work > parallelThreshold ? Work(split: .rows, grain: 16, blocking: nil) : .whole
    }

    private static func product(rows: Int, columns: Int, k: Int, isTransposed: Bool, _ precision: Precision) -> Work {
        let isBlocked = isTransposed || (rows >= 2 * Tile.rows && isFarApart(rows: rows, columns: columns, k: k, precision.byteCount))
        let blocking = isBlocked ? Blocking(k: k, columns: columns, precision) : nil
        guard rows * columns * k > parallelThreshold else { return Work(split: .none, grain: 1, blocking: blocking) }
        // Who shares columns reads each element of the second operand once; rows are shared where columns are few.
        if columns >= 4 * Tile.columns, columns >= rows || isTransposed { return Work(split: .columns, grain: Tile.columns, blocking: blocking) }
        return Work(split: .rows, grain: rows >= 16 * Tile.rows ? Tile.rows : rows >= 64 ? 4 : 1, blocking: blocking)
    }

    /// What the kernels' register tiles hold at most.
    private enum Tile {
        static let rows = 12
        static let columns = 32
    }
}

extension Blocking {
    /// A block of 512 KiB: half of a usual second-level cache.
    fileprivate init(k: Int, columns: Int, _ precision: Precision) {
        self.init(k: max(1, min(k, 256)), columns: max(1, min(columns, 2048 / precision.byteCount)))
    }
}
