import IR

/// Pass 8: who does what: which instructions a team shares, along which side of their output, and which products copy their second operand into
/// blocks. Nothing here changes a bit of a result.
enum DivideWork {
    /// At most this many multiply-adds, or as much other work, stay on one thread: about a microsecond, several times what waking a team costs.
    static let parallelThreshold = 1 << 16
    /// Whether the rows of an operand lie pages apart, so that reading it in place costs more than copying it.
    private static func isFarApart(_ columns: Int, _ precision: Precision) -> Bool { columns * precision.byteCount >= 4096 }
    /// Whether the first operand of a weight's gradient, read once for each few columns, is more than a cache holds.
    private static func isTooMuch(rows: Int, columns: Int, k: Int, _ precision: Precision) -> Bool {
        k > 2048 || (rows * k * precision.byteCount > 1 << 20 && columns > 2 * Tile.columns)
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
        case .dense: return product(.dense, rows: capacity, columns: elements(id) / capacity, k: width(0), precision)
        case .inputGradient: return product(.inputGradient, rows: capacity, columns: elements(id) / capacity, k: width(0), precision)
        case .weightGradient: return product(.weightGradient, rows: width(0), columns: width(1), k: capacity, precision)
        case .weightUpdate:
            var work = product(.weightGradient, rows: width(1), columns: width(2), k: capacity, precision)
            if let blocking = work.blocking {
                // Where the sum needs several blocks, the first operand is copied anew for each of them and each group of columns.
                (work.rowsAtATime, work.columnsAtATime) = (blocking.rows, capacity <= blocking.k ? Tile.columns : 16 * Tile.columns)
            } else {
                work.rowsAtATime = min(width(1), max((24 << 10) / (width(2) * precision.byteCount) / Tile.rows, 1) * Tile.rows)
            }
            return work
        case .biasUpdate:
            var work = units(width(1) * capacity)
            work.rowsAtATime = 1
            return work
        case .columnSum: return units(width(0) * capacity)
        case .loss, .lossWithGradient, .squaredNorm: return .whole
        case .input, .target, .rowWeights: return units(elements(id) * 8)
        case .update(let optimizer, _): return units(elements(id) * (optimizer.states.isEmpty ? 4 : 16))
        case .activation, .activationGradient, .softmax, .lossGradient, .dropout, .dropoutGradient: return units(elements(id) * 4)
        default: return units(elements(id))
        }
    }

    private static func units(_ work: Int) -> Work {
        work > parallelThreshold ? Work(split: .rows, grain: 16, blocking: nil) : .whole
    }

    private enum Product { case dense, inputGradient, weightGradient }

    private static func product(_ product: Product, rows: Int, columns: Int, k: Int, _ precision: Precision) -> Work {
        let blocking = blocking(product, rows: rows, columns: columns, k: k, precision)
        guard rows * columns * k > parallelThreshold else { return Work(split: .none, grain: 1, blocking: blocking) }
        // Who shares columns reads each element of the second operand once, and meets the columns of a weight that it changed itself in its own
        // cache; rows are shared where columns are few.
        if columns >= 4 * Tile.columns, columns >= rows || product != .dense { return Work(split: .columns, grain: Tile.columns, blocking: blocking) }
        return Work(split: .rows, grain: rows >= 16 * Tile.rows ? Tile.rows : rows >= 64 ? 4 : 1, blocking: blocking)
    }

    private static func blocking(_ product: Product, rows: Int, columns: Int, k: Int, _ precision: Precision) -> Blocking? {
        switch product {
        case .dense: return nil
        case .inputGradient: return Blocking(k: max(1, min(k, 2048)), rows: 0)
        case .weightGradient:
            guard rows >= 2 * Tile.rows, isFarApart(columns, precision) || isTooMuch(rows: rows, columns: columns, k: k, precision) else {
                return nil
            }
            let k = max(1, min(k, 4096 / precision.byteCount))
            // A megabyte of the first operand: about what a second-level cache holds.
            return Blocking(k: k, rows: min(rows, min(64, (1 << 20) / (k * precision.byteCount) / Tile.rows) * Tile.rows))
        }
    }

    /// What the kernels' register tiles hold at most.
    private enum Tile {
        static let rows = 12
        static let columns = 32
    }
}
