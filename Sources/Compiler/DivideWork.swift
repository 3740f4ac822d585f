import IR

/// Pass 8: who does what: which instructions a team shares, along which side of their output, and which products copy their second operand into
/// blocks. Nothing here changes a bit of a result.
enum DivideWork {
    /// At most this many multiply-adds, or as much other work, stay on one thread: about a microsecond, several times what waking a team costs.
    static let parallelThreshold = 1 << 16
    /// Whether the rows of the second operand lie pages apart, so that reading it in place costs more than copying it.
    private static func isFarApart(_ columns: Int, _ precision: Precision) -> Bool { columns * precision.byteCount >= 4096 }
    /// Whether what all rows of a product read between two uses of a number is more than a cache holds.
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
            work.rowsAtATime = min(width(1), rowsAtATime(columns: width(2), isBlocked: work.blocking != nil, precision))
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

    /// As many rows of a gradient as a first-level cache holds; more where the second operand is copied anew for each stretch of rows.
    private static func rowsAtATime(columns: Int, isBlocked: Bool, _ precision: Precision) -> Int {
        isBlocked ? 32 * Tile.rows : max(24 << 10 / (columns * precision.byteCount) / Tile.rows, 1) * Tile.rows
    }

    private static func units(_ work: Int) -> Work {
        work > parallelThreshold ? Work(split: .rows, grain: 16, blocking: nil) : .whole
    }

    private enum Product { case dense, inputGradient, weightGradient }

    private static func product(_ product: Product, rows: Int, columns: Int, k: Int, _ precision: Precision) -> Work {
        let isBlocked =
            switch product {
            case .inputGradient: true
            case .dense: rows >= 2 * Tile.rows && isTooMuch(rows: rows, columns: columns, k: k, precision)
            case .weightGradient:
                rows >= 2 * Tile.rows && (isFarApart(columns, precision) || isTooMuch(rows: rows, columns: columns, k: k, precision))
            }
        let blocking = isBlocked ? Blocking(k: k, columns: columns, isCopied: product != .dense, precision) : nil
        guard rows * columns * k > parallelThreshold else { return Work(split: .none, grain: 1, blocking: blocking) }
        // Who shares columns reads each element of the second operand once, and meets the columns of a weight that it changed itself in its own
        // cache; rows are shared where columns are few.
        if columns >= 4 * Tile.columns, columns >= rows || product != .dense { return Work(split: .columns, grain: Tile.columns, blocking: blocking) }
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
    fileprivate init(k: Int, columns: Int, isCopied: Bool, _ precision: Precision) {
        self.init(k: max(1, min(k, 256)), columns: max(1, min(columns, 2048 / precision.byteCount)), isCopied: isCopied)
    }
}
